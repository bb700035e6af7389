drop table derived_columns;
alter table post drop column search;
alter table post add column search tsvector not null generated always as
    (setweight(to_tsvector('simple', coalesce(title, '')), 'A') || setweight(to_tsvector('simple', body), 'B')) stored;
create index post_search on post using gin (search);
