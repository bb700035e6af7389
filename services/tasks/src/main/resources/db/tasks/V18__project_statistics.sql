-- What a project's tasks come to, worked out again by a job and on demand; a row is a copy and can be made anew.

create table project_statistics (
    project_id            uuid constraint project_statistics_pk primary key
        constraint project_statistics_project references project on delete cascade,
    computed_at           timestamptz not null,
    time_zone             text not null,
    open_tasks            integer not null,
    done_tasks            integer not null,
    overdue_tasks         integer not null,
    done_at_unknown_time  integer not null,
    weeks                 date[] not null,
    done_in_weeks         integer[] not null,
    constraint project_statistics_weeks_match check (cardinality(weeks) = cardinality(done_in_weeks))
);
comment on table project_statistics is 'Numbers of a project''s tasks as of computed_at.';
comment on column project_statistics.time_zone is 'Where days and weeks begin: the project''s zone at computed_at.';
comment on column project_statistics.open_tasks is 'Open tasks, without archived ones.';
comment on column project_statistics.done_tasks is 'Completed tasks, archived ones included.';
comment on column project_statistics.overdue_tasks is 'Open tasks whose due date or time had passed, without archived ones.';
comment on column project_statistics.done_at_unknown_time is 'Of done_tasks, those imported without the time of their completion.';
comment on column project_statistics.weeks is 'The Mondays of twelve weeks, the oldest first; the last is the current week.';
comment on column project_statistics.done_in_weeks is 'Tasks completed in each of weeks.';
create index project_statistics_oldest on project_statistics (computed_at);
