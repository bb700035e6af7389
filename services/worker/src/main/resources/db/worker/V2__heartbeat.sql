-- Which workers run.

create table heartbeat (
    worker  text constraint heartbeat_pk primary key,
    at      timestamptz not null default now(),
    host    text not null,
    version text not null,
    jobs    text[] not null
);
comment on table heartbeat is 'A row for each worker, written every 5 seconds; one without a row of the last 15 seconds has ended or is frozen.';
comment on column heartbeat.at is 'By the clock of the database.';
comment on column heartbeat.jobs is 'What it is running.';
