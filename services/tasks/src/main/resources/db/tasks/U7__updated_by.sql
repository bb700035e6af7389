alter table item drop column updated_by;
alter table task drop column updated_by;
alter table project drop column updated_by;
