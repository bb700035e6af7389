-- What administrators and users want to know when an account is attacked or has changed.

create table security_event (
    id          uuid primary key,
    kind        text not null,
    occurred_at timestamptz not null,
    user_id     uuid,
    actor_id    uuid,
    address     text not null default '',
    reason      text,
    count       integer not null default 1 constraint security_event_count_positive check (count > 0)
);
create index security_event_by_time on security_event (occurred_at, id);
create index security_event_of_app_user on security_event (user_id, occurred_at, id);
comment on table security_event is 'One line of the security log, kept 180 days.';
comment on column security_event.user_id is 'The account that it is about, also after it was deleted; null when there is none.';
comment on column security_event.actor_id is 'The user who did it; null when unknown.';
comment on column security_event.address is 'Where the request came from; empty when unknown.';
comment on column security_event.count is 'How many events of one second and address the line stands for.';
