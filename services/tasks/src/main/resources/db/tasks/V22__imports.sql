-- Imports accepted as jobs: the file, the rows read from it until all become tasks at once, and the report.

alter table job
    drop constraint job_kind_known,
    drop constraint job_state_known,
    drop constraint job_total_positive,
    drop constraint job_ended_when_over,
    add constraint job_kind_known check (kind in ('change-tasks', 'import')),
    add constraint job_state_known check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
    add constraint job_total_positive check (total >= 0),
    add constraint job_ended_when_over check ((state in ('done', 'cancelled', 'failed')) = (ended_at is not null));
comment on column job.total is 'The number of its entries; of an import the number of tasks in the file, 0 until it is read.';

create table import_job (
    job_id       uuid constraint import_job_pk primary key
        constraint import_job_job references job on delete cascade,
    options      jsonb not null,
    bytes        bigint not null,
    trace        text,
    plan         jsonb,
    format       text,
    project_name text,
    sections     integer not null default 0,
    labels       integer not null default 0,
    subtasks     integer not null default 0,
    left_out     integer not null default 0,
    line_count   integer not null default 0,
    staged       integer not null default 0,
    comments     integer not null default 0,
    posted       integer not null default 0,
    project_id   uuid,
    problem      jsonb,
    attempts     smallint not null default 0,
    cleared      boolean not null default false,
    constraint import_job_read check ((plan is null) = (format is null) and (plan is null) = (project_name is null))
);
comment on table import_job is 'A file that becomes a project: what is in import_row is seen by nobody until the job is done.';
comment on column import_job.options is 'How to read the file.';
comment on column import_job.bytes is 'The size of the file.';
comment on column import_job.plan is 'The project, its sections and labels; null until the file is read.';
comment on column import_job.subtasks is 'How many of the tasks are sub-tasks.';
comment on column import_job.left_out is 'How many things of the file are not imported.';
comment on column import_job.line_count is 'How many lines the report has, also those that are not kept.';
comment on column import_job.staged is 'How many tasks are in import_row, or have been.';
comment on column import_job.comments is 'How many comments of the file become posts.';
comment on column import_job.posted is 'How many of them are posts already.';
comment on column import_job.project_id is 'The project that was created; null until then.';
comment on column import_job.problem is 'Why it failed.';
comment on column import_job.attempts is 'How often it has failed by a fault of Tarn.';
comment on column import_job.cleared is 'Whether import_file and import_row have been emptied after its end.';
create index import_job_uncleared on import_job (job_id) where not cleared;

create table import_file (
    job_id uuid constraint import_file_job references import_job on delete cascade,
    number integer,
    bytes  bytea not null,
    constraint import_file_pk primary key (job_id, number)
);
alter table import_file alter column bytes set storage external;
comment on table import_file is 'An uploaded file in parts, until its import ends.';

create table import_row (
    like task,
    job_id uuid constraint import_row_job references import_job on delete cascade,
    number integer,
    labels uuid[] not null,
    constraint import_row_pk primary key (job_id, number)
);
comment on table import_row is 'A task that an import will create: the columns of task, which it has when it is created.';
comment on column import_row.number is 'Its place in the file, from 0.';

create table import_comment (
    job_id     uuid constraint import_comment_job references import_job on delete cascade,
    number     integer,
    post_id    uuid not null,
    task_id    uuid not null,
    written_at timestamptz,
    body       text not null,
    constraint import_comment_pk primary key (job_id, number)
);
comment on table import_comment is 'A comment that becomes a post before its task is created; kept until the import ends.';

create table import_line (
    job_id   uuid constraint import_line_job references import_job on delete cascade,
    number   integer,
    line     integer,
    path     text,
    severity text not null constraint import_line_severity_known check (severity in ('left-out', 'adjusted', 'info')),
    code     text not null,
    detail   text not null,
    constraint import_line_pk primary key (job_id, number)
);
comment on table import_line is 'A line of an import''s report, most severe first.';
comment on column import_line.line is 'The line of a CSV file, from 1.';
comment on column import_line.path is 'A JSON pointer into a JSON file.';
