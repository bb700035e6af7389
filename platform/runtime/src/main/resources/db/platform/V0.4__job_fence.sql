-- Which run of a job may change this service's rows.

create table job_fence (
    job text constraint job_fence_pk primary key,
    run bigint not null
);
comment on table job_fence is 'The latest run of each job; an earlier one, of a worker that was frozen, changes nothing any more.';
