-- When jobs run, what came of it, and which of them are paused.

-- The columns that db-scheduler wants, by its names.
create table scheduled_tasks (
    task_name            text not null,
    task_instance        text not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint not null,
    priority             smallint,
    constraint scheduled_tasks_pk primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
comment on table scheduled_tasks is 'When each job is due and which worker has taken it; db-scheduler writes it.';

create table job_run (
    id           uuid constraint job_run_pk primary key,
    number       bigint generated always as identity constraint job_run_number_unique unique,
    job          text not null,
    due_at       timestamptz not null,
    started_at   timestamptz not null,
    ended_at     timestamptz,
    outcome      text constraint job_run_outcome check (outcome in ('succeeded', 'failed', 'lost')),
    counts       jsonb not null default '{}',
    error        text,
    requested_by uuid,
    constraint job_run_ended check ((ended_at is null) = (outcome is null))
);
create index job_run_latest on job_run (job, number desc);
create index job_run_age on job_run (started_at);
create index job_run_open on job_run (job) where ended_at is null;
comment on table job_run is 'What each run of a job did; kept for 30 days.';
comment on column job_run.number is 'Rises with every run: whoever owns the rows refuses a run with a number lower than the last.';
comment on column job_run.outcome is 'Null while it runs; lost when another worker took the job over.';
comment on column job_run.counts is 'Rows by what was done to them.';
comment on column job_run.requested_by is 'The administrator who asked for it; null when it was due.';

create table job_pause (
    job       text constraint job_pause_pk primary key,
    paused_by uuid not null,
    paused_at timestamptz not null
);
comment on table job_pause is 'Jobs that do not run until an administrator resumes them.';

create table job_request (
    job          text constraint job_request_pk primary key,
    requested_by uuid not null,
    requested_at timestamptz not null
);
comment on table job_request is 'Jobs that an administrator wants to run now, until they do.';
