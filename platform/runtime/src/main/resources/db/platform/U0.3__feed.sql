create function outbox_delete_until(last bigint) returns bigint language sql security definer as $$
    with gone as (delete from outbox where seq <= last returning seq) select count(*) from gone
$$;
comment on function outbox_delete_until is 'Deletes the events up to this seq, and says how many there were.';
drop function outbox_delete_taken(integer[], pg_snapshot[], timestamptz, integer);
drop table outbox_consumer;
drop table feed_cursor;
drop table outbox_epoch;
do $$
declare
    service text := current_schema();
    runtime text := (select rolname from pg_roles where rolname = 'tarn_' || current_schema());
begin
    execute format('alter function outbox_delete_until(bigint) set search_path = %I, pg_temp', service);
    execute 'revoke all on function outbox_delete_until(bigint) from public';
    if runtime is not null then
        execute format('grant execute on function outbox_delete_until(bigint) to %I', runtime);
    end if;
end
$$;
