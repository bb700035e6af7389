drop function analyze_table(text);
drop function outbox_scrub(uuid);
drop function outbox_delete_until(bigint);
drop table outbox;
drop table outbox_snapshot;
