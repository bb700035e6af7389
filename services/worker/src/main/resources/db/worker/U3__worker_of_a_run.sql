alter table job_run drop column worker;
comment on column job_run.outcome is 'Null while it runs; lost when another worker took the job over.';
