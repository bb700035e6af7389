delete from derived_columns where table_name in ('label', 'item');
alter table item drop column name_key;
alter table task drop column title_key;
alter table label drop column name_key;
alter table project drop column name_key;
