drop table task_label;
drop table assignee;
drop table task;
drop table label;
drop table section;
drop table member;
drop table project;
