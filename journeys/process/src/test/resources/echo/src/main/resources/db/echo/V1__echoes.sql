create table echo (
    id   uuid constraint echo_pk primary key,
    text text not null
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
    payload        jsonb not null,
    constraint outbox_id_unique unique (id)
);
create index outbox_feed on outbox (epoch, tx, seq);
comment on table outbox is 'Every change of this service, written in the transaction that makes it.';
