-- Links by which a user takes a new password.

create table password_reset (
    id          uuid primary key,
    user_id     uuid not null constraint password_reset_app_user references app_user on delete cascade,
    secret_hash bytea not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    constraint password_reset_one_per_app_user unique (user_id),
    constraint password_reset_secret_unique unique (secret_hash)
);
create index password_reset_expiry on password_reset (expires_at);
comment on table password_reset is 'A link by which a user takes a new password once; deleted when it is used.';
comment on column password_reset.secret_hash is 'SHA-256 of the 256 random bits in the link.';
