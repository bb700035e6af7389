-- Answers to requests that may be sent again. Services that made such a table of their own keep its rows.

create table if not exists idempotency_key (
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
create index if not exists idempotency_key_age on idempotency_key (created_at);
comment on table idempotency_key is 'Answers kept for 24 hours for POST requests that are sent again.';
