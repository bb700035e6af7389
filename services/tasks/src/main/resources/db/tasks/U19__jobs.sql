drop table job_entry;
drop table job;
