-- Which worker runs a job: runs of workers that are gone are lost. Runs before have no worker; those that have not ended
-- are lost with the first heartbeat.

alter table job_run add column worker text;
comment on column job_run.worker is 'The worker that runs it, by its name in heartbeat.';
comment on column job_run.outcome is 'Null while it runs; lost when its worker was gone or another took the job over.';
