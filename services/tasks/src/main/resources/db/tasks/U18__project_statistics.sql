drop table project_statistics;
