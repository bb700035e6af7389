drop table derived_columns;
drop index app_user_by_name;
create index app_user_by_name on app_user (lower(name), id);
alter table app_user drop column name_key;
alter table app_user drop column search;
