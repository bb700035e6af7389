-- What starts or is due on a date is not at a time; and the time zone in which a project's days begin and end.

alter table project add column time_zone text not null default 'UTC';
comment on column project.time_zone is 'A name of the tz database; for work that nobody asked for, which has no reader''s zone.';

alter table task add column start_on date;
alter table task add column due_on date;
alter table task add constraint task_start_is_one check (num_nonnulls(start_at, start_on) <= 1);
alter table task add constraint task_due_is_one check (num_nonnulls(due_at, due_on) <= 1);
alter table task add constraint task_starts_on_before_due check (start_on <= due_on);
comment on column task.start_on is 'The date it starts, the same in every time zone; null when it starts at a time.';
comment on column task.due_on is 'The date it is due, the same in every time zone; null when it is due at a time.';

-- Each row is in one of them: a page by due date is merged from all three.
drop index task_due;
create index task_due_at on task (project_id, due_at, id) where due_at is not null and deleted_at is null;
create index task_due_on on task (project_id, due_on, id) where due_on is not null and deleted_at is null;
create index task_due_never on task (project_id, id) where due_at is null and due_on is null and deleted_at is null;

-- Whether a time was written as a date depends on its creator's zone, which only identity knows: it is asked later.
create table zone_question (
    user_id  uuid constraint zone_question_pk primary key,
    asked_at timestamptz not null default now()
);
comment on table zone_question is 'Creators of rows from before dates, until their time zone is known and the rows are converted.';
insert into zone_question (user_id)
select created_by from project
union
select created_by from task where start_at is not null or due_at is not null;
