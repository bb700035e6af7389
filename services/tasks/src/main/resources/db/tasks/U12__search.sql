drop table derived_columns;
alter table project drop column search;
alter table task drop column search;
alter table task add column search tsvector not null generated always as
    (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', description), 'B')) stored;
create index task_search on task using gin (search);
