-- What users are found by and listed by is computed by the service, which writes it with the name. Rows that exist have
-- what PostgreSQL makes of the name until the service has computed theirs, in the background.

alter table app_user add column search tsvector not null default '';
update app_user set search = setweight(to_tsvector('simple', name), 'A');
comment on column app_user.search is 'Tokens of the name, as the service analyses them.';
create index app_user_search on app_user using gin (search);

alter table app_user add column name_key bytea not null default '';
update app_user set name_key = convert_to(lower(name), 'UTF8');
comment on column app_user.name_key is 'Collation key of the name, as the service computes it.';
drop index app_user_by_name;
create index app_user_by_name on app_user (name_key, id);

create table derived_columns (
    table_name text constraint derived_columns_pk primary key,
    rules      integer not null default 0,
    after_id   uuid
);
comment on table derived_columns is 'How far columns that the service computes from texts have been computed by the present rules.';
comment on column derived_columns.after_id is 'The last row that is done; null when all are.';
insert into derived_columns (table_name) values ('app_user');
