-- People, how they prove who they are, and the keys that say so to the other services.

create table person (
    id            uuid primary key,
    name          text not null constraint person_name_length check (char_length(name) between 1 and 100),
    email         text not null constraint person_email_length check (char_length(email) between 3 and 254),
    email_key     text not null,
    password_hash text not null,
    administrator boolean not null default false,
    time_zone     text not null default 'UTC',
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    version       bigint not null default 1,
    constraint person_email_unique unique (email_key)
);
create index person_by_name on person (lower(name), id);
comment on table person is 'Somebody who can sign in.';
comment on column person.email_key is 'The e-mail address in lower case: addresses that differ only by case are one.';
comment on column person.password_hash is 'Argon2id in PHC string format.';

create table session (
    id           uuid primary key,
    person_id    uuid not null constraint session_person references person on delete cascade,
    kind         text not null constraint session_kind_known check (kind in ('cookie', 'token')),
    secret_hash  bytea,
    user_agent   text not null default '',
    address      text not null default '',
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    expires_at   timestamptz not null,
    constraint session_secret_unique unique (secret_hash),
    constraint session_cookie_has_secret check ((kind = 'cookie') = (secret_hash is not null))
);
create index session_of_person on session (person_id, created_at, id);
create index session_expiry on session (expires_at);
comment on table session is 'A person signed in on one device; gone when it ends.';
comment on column session.secret_hash is 'SHA-256 of the cookie''s 256 random bits; null for sessions held by refresh tokens.';
comment on column session.expires_at is 'Moves on with use, up to a last day that is fixed when the session is opened.';

create table refresh_token (
    secret_hash bytea constraint refresh_token_pk primary key,
    session_id  uuid not null constraint refresh_token_session references session on delete cascade,
    created_at  timestamptz not null,
    used_at     timestamptz
);
create index refresh_token_of_session on refresh_token (session_id);
create index refresh_token_age on refresh_token (created_at);
comment on table refresh_token is 'One link of a session''s chain of refresh tokens; the session is the family.';
comment on column refresh_token.used_at is 'When it was first exchanged. Used ones are kept, so that one who presents them again is noticed.';

create table personal_token (
    id           uuid primary key,
    person_id    uuid not null constraint personal_token_person references person on delete cascade,
    name         text not null constraint personal_token_name_length check (char_length(name) between 1 and 100),
    prefix       text not null,
    secret_hash  bytea not null,
    scopes       text[] not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz,
    constraint personal_token_secret_unique unique (secret_hash)
);
create index personal_token_of_person on personal_token (person_id, created_at, id);
create index personal_token_expiry on personal_token (expires_at) where expires_at is not null;
comment on table personal_token is 'A personal access token: what a program uses in a person''s name.';
comment on column personal_token.prefix is 'How the secret begins, so that its owner can tell it from others.';

create table revocation (
    seq           bigint generated always as identity constraint revocation_pk primary key,
    credential_id uuid not null,
    revoked_at    timestamptz not null
);
create index revocation_age on revocation (revoked_at);
comment on table revocation is 'Credentials whose access tokens must no longer be honoured, kept while such tokens may live.';
comment on column revocation.seq is 'Rises in the order of commits: writers take turns.';

create table signing_key (
    id          text constraint signing_key_pk primary key,
    public_key  bytea not null,
    private_key bytea not null,
    created_at  timestamptz not null,
    signs_from  timestamptz not null
);
comment on table signing_key is 'Keys that sign access tokens: the latest whose time has come does.';
comment on column signing_key.private_key is 'PKCS #8, sealed with AES-256-GCM under a key that is not in the database.';
comment on column signing_key.signs_from is 'Later than created_at, so that everybody has read the key before it signs.';

create table setting (
    name  text constraint setting_pk primary key,
    value jsonb not null
);
comment on table setting is 'What administrators have decided for the whole of this Tarn.';
