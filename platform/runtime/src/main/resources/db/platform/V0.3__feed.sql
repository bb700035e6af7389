-- What consumers of events have read, and what they have taken before an event may be deleted.

create table outbox_epoch (
    epoch  integer not null,
    system bigint not null
);
comment on table outbox_epoch is 'One row: the number of the clusters that have held this outbox, and which one holds it now.';
comment on column outbox_epoch.epoch is 'Rises when the data is restored into another cluster, where transaction ids begin anew.';
comment on column outbox_epoch.system is 'The system identifier of the cluster.';
insert into outbox_epoch select 1, system_identifier from pg_control_system();

create table feed_cursor (
    consumer   text constraint feed_cursor_pk primary key,
    epoch      integer not null,
    snapshot   pg_snapshot not null,
    target     pg_snapshot,
    outbox     text,
    seq        bigint not null,
    updated_at timestamptz not null,
    constraint feed_cursor_within_window check ((target is null) = (outbox is null))
);
comment on table feed_cursor is 'How far this service''s consumers have read the events of all services.';
comment on column feed_cursor.snapshot is 'Every event that is visible in it has been read.';
comment on column feed_cursor.target is 'The snapshot that the present window ends with; null between two windows.';
comment on column feed_cursor.outbox is 'The outbox being read in the present window; those before it are finished.';
comment on column feed_cursor.seq is 'The last event read of that outbox; 0 between two windows.';

create table outbox_consumer (
    consumer    text constraint outbox_consumer_pk primary key,
    epoch       integer not null,
    snapshot    pg_snapshot not null,
    reported_at timestamptz not null
);
comment on table outbox_consumer is 'What the consumers of this outbox have taken, as they report it; without a row: nothing.';

create function outbox_delete_taken(epochs integer[], snapshots pg_snapshot[], before timestamptz, most integer)
returns bigint language sql security definer as $$
    with oldest as (select seq, epoch, tx, occurred_at from outbox order by seq limit most),
    gone as (
        delete from outbox where seq in (
            select seq from oldest
            where occurred_at < before and not exists (
                select from unnest(epochs, snapshots) as consumer (epoch, snapshot)
                where consumer.epoch < oldest.epoch
                   or (consumer.epoch = oldest.epoch and not pg_visible_in_snapshot(oldest.tx, consumer.snapshot))))
        returning seq)
    select count(*) from gone
$$;
comment on function outbox_delete_taken is 'Deletes those of the oldest events that all consumers have taken, and says how many.';
drop function outbox_delete_until(bigint);

do $$
declare
    service text := current_schema();
    runtime text := (select rolname from pg_roles where rolname = 'tarn_' || current_schema());
    signature text := 'outbox_delete_taken(integer[], pg_snapshot[], timestamptz, integer)';
begin
    execute format('alter function %s set search_path = %I, pg_temp', signature, service);
    execute format('revoke all on function %s from public', signature);
    if runtime is not null then
        execute format('grant execute on function %s to %I', signature, runtime);
        execute format('revoke insert, update, delete on outbox_epoch from %I', runtime);
    end if;
end
$$;
