alter table label drop column updated_by;
alter table label drop column updated_at;
alter table section drop column updated_by;
alter table section drop column updated_at;
