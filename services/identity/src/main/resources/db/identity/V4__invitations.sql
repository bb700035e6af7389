-- Links by which a user lets others in: to a project, to Tarn, or to both.

create table invitation (
    id          uuid primary key,
    created_by  uuid not null constraint invitation_app_user references app_user on delete cascade,
    project_id  uuid,
    role        text constraint invitation_role_known check (role in ('viewer', 'editor', 'owner')),
    secret_hash bytea not null,
    max_uses    integer not null constraint invitation_max_uses_range check (max_uses between 1 and 1000),
    uses        integer not null default 0,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    revoked_at  timestamptz,
    constraint invitation_secret_unique unique (secret_hash),
    constraint invitation_role_with_project check ((project_id is null) = (role is null)),
    constraint invitation_uses_range check (uses between 0 and max_uses)
);
create index invitation_of_app_user on invitation (created_by, created_at, id);
create index invitation_expiry on invitation (expires_at);
comment on table invitation is 'A link by which a user lets others in.';
comment on column invitation.project_id is 'The project that it makes a member of; null for Tarn alone.';
comment on column invitation.secret_hash is 'SHA-256 of the 256 random bits in the link.';

create table invitation_use (
    invitation_id uuid not null constraint invitation_use_invitation references invitation on delete cascade,
    user_id       uuid not null constraint invitation_use_app_user references app_user on delete cascade,
    used_at       timestamptz not null,
    completed_at  timestamptz,
    constraint invitation_use_pk primary key (invitation_id, user_id)
);
create index invitation_use_of_app_user on invitation_use (user_id);
comment on table invitation_use is 'A user who has accepted an invitation; counts once.';
comment on column invitation_use.completed_at is 'When the membership was written; null while accepting again has to write it.';
