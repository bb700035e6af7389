create table note (
    id       uuid primary key,
    title    text not null,
    mood     text not null,
    rank     integer not null,
    due_at   timestamptz not null,
    done     boolean not null default false,
    version  bigint not null default 1
);

create table idempotency_key (
    caller       uuid not null,
    key          text not null,
    operation    text not null,
    request_hash bytea not null,
    status       integer not null,
    etag         text,
    location     text,
    body         jsonb not null,
    created_at   timestamptz not null,
    constraint idempotency_key_pk primary key (caller, key)
);

create table outbox (
    seq            bigint generated always as identity constraint outbox_pk primary key,
    tx             xid8 not null default pg_current_xact_id(),
    epoch          integer not null default 1,
    id             uuid not null,
    type           text not null,
    aggregate_type text not null,
    aggregate_id   uuid not null,
    actor          uuid,
    occurred_at    timestamptz not null,
    payload        jsonb not null
);
