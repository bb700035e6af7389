drop table job_request;
drop table job_pause;
drop table job_run;
drop table scheduled_tasks;
