-- Work that was accepted and is done soon after: many changes of tasks, each done once.

create table job (
    id         uuid constraint job_pk primary key,
    kind       text not null constraint job_kind_known check (kind in ('change-tasks')),
    state      text not null default 'queued'
        constraint job_state_known check (state in ('queued', 'running', 'done', 'cancelled')),
    total      integer not null constraint job_total_positive check (total > 0),
    time_zone  text not null,
    created_by uuid not null,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at   timestamptz,
    run        uuid,
    run_until  timestamptz,
    constraint job_ended_when_over check ((state in ('done', 'cancelled')) = (ended_at is not null))
);
comment on table job is 'Work that a user has asked for and does not wait for.';
comment on column job.total is 'The number of its entries.';
comment on column job.time_zone is 'Where days begin and end for its entries.';
comment on column job.run is 'Who works on it: an entry is written only while this is its run.';
comment on column job.run_until is 'When another run may take it over.';
create index job_of_user on job (created_by, created_at, id);
create index job_unfinished on job (created_at, id) where state in ('queued', 'running');
create index job_ended on job (ended_at) where ended_at is not null;

create table job_entry (
    job_id   uuid constraint job_entry_job references job on delete cascade,
    number   integer,
    task_id  uuid not null,
    version  bigint,
    change   jsonb not null,
    state    text not null default 'pending'
        constraint job_entry_state_known check (state in ('pending', 'done', 'rejected')),
    attempts smallint not null default 0,
    problem  jsonb,
    constraint job_entry_pk primary key (job_id, number),
    constraint job_entry_problem_when_rejected check ((state = 'rejected') = (problem is not null))
);
comment on table job_entry is 'One change of a task in a job.';
comment on column job_entry.number is 'Its place in the request, from 0.';
comment on column job_entry.version is 'The version that the user has read; null for any.';
comment on column job_entry.change is 'A merge-patch.';
comment on column job_entry.attempts is 'How often it has failed by a fault of Tarn.';
comment on column job_entry.problem is 'Why it was not done.';
create index job_entry_pending on job_entry (job_id, number) where state = 'pending';
create index job_entry_rejected on job_entry (job_id, number) where state = 'rejected';
