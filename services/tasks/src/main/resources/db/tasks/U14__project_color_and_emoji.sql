alter table project drop column emoji;
alter table project drop column color;
