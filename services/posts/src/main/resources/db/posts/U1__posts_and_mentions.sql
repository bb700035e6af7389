drop table outbox;
drop table idempotency_key;
drop table post_version;
drop table mention;
drop table post;
