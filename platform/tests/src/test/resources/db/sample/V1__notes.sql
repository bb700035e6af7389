create table note (
    id       uuid primary key,
    title    text not null,
    mood     text not null,
    rank     integer not null,
    due_at   timestamptz not null,
    done     boolean not null default false,
    version  bigint not null default 1
);
