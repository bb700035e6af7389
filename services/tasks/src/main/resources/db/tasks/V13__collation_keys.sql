-- What lists by title or name sort by: bytes that the service computes, so that neither PostgreSQL nor its library
-- decides. Rows that exist have none until the service has computed theirs, in the background.

alter table project add column name_key bytea not null default '';
comment on column project.name_key is 'Collation key of the name, as the service computes it.';
alter table label add column name_key bytea not null default '';
comment on column label.name_key is 'Collation key of the name, as the service computes it.';
alter table task add column title_key bytea not null default '';
comment on column task.title_key is 'Collation key of the title, as the service computes it.';
alter table item add column name_key bytea not null default '';
comment on column item.name_key is 'Collation key of the name, as the service computes it.';

-- Until then lists of a few rows, which are shown first, are in the order of their letters.
update project set name_key = convert_to(lower(name), 'UTF8');
update label set name_key = convert_to(lower(name), 'UTF8');

insert into derived_columns (table_name) values ('label'), ('item');
