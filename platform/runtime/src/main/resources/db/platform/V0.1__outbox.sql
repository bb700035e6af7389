-- The events of a service, and what its runtime role may do with them.

-- Before, each service made an outbox of its own, whose events did not tell of every row: they go, and every row
-- that is there gets an event that tells how it is.
create table outbox_snapshot (
    step       smallint not null,
    after_id   uuid,
    after_part uuid
);
comment on table outbox_snapshot is 'How far the events of rows that were there before have been written; no row when all are.';
insert into outbox_snapshot (step) select 0 where to_regclass('outbox') is not null;
drop table if exists outbox;

create table outbox (
    seq            bigint generated always as identity constraint outbox_pk primary key,
    tx             xid8 not null default pg_current_xact_id(),
    epoch          integer not null default 1,
    id             uuid not null,
    type           text not null,
    schema         smallint not null,
    aggregate_type text not null,
    aggregate_id   uuid not null,
    actor          uuid,
    occurred_at    timestamptz not null,
    trace          text,
    payload        jsonb not null,
    constraint outbox_id_unique unique (id)
);
create index outbox_feed on outbox (epoch, tx, seq);
comment on table outbox is 'Every change of this service, written in the transaction that makes it.';
comment on column outbox.schema is 'The version of the JSON Schema that the payload follows, in contracts/events.';
comment on column outbox.actor is 'The user who made the change; null when nobody did.';
comment on column outbox.trace is 'The W3C traceparent of the request that made the change; null when it had none.';

create function outbox_delete_until(last bigint) returns bigint language sql security definer as $$
    with gone as (delete from outbox where seq <= last returning seq) select count(*) from gone
$$;
comment on function outbox_delete_until is 'Deletes the events up to this seq, and says how many there were.';

create function outbox_scrub(account uuid) returns bigint language sql security definer as $$
    with scrubbed as (
        update outbox
        set actor = nullif(actor, account),
            aggregate_id = case aggregate_id when account then '00000000-0000-0000-0000-000000000000' else aggregate_id end,
            payload = replace(payload::text, account::text, '00000000-0000-0000-0000-000000000000')::jsonb
        where actor = account or aggregate_id = account or strpos(payload::text, account::text) > 0
        returning seq)
    select count(*) from scrubbed
$$;
comment on function outbox_scrub is 'Takes a user''s id out of all events, and says of how many.';

create function analyze_table(name text) returns void language plpgsql security definer as $$
begin
    execute format('analyze %I', name);
end
$$;
comment on function analyze_table is 'Brings the planner''s statistics of one of the service''s tables up to date.';

-- They run as the owner: they look nowhere but in this schema, and only the service's runtime role may call them.
do $$
declare
    service text := current_schema();
    runtime text := (select rolname from pg_roles where rolname = 'tarn_' || current_schema());
    signature text;
begin
    foreach signature in array array['outbox_delete_until(bigint)', 'outbox_scrub(uuid)', 'analyze_table(text)'] loop
        execute format('alter function %s set search_path = %I, pg_temp', signature, service);
        execute format('revoke all on function %s from public', signature);
        if runtime is not null then
            execute format('grant execute on function %s to %I', signature, runtime);
        end if;
    end loop;
    if runtime is not null then
        execute format('revoke update, delete on outbox from %I', runtime);
    end if;
end
$$;
