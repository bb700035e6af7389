-- Users whose accounts are being deleted, while access tokens of theirs may still live.

create table departed_user (
    user_id     uuid constraint departed_user_pk primary key,
    departed_at timestamptz not null
);
comment on table departed_user is 'Users who have left every project because their account is being deleted; kept for ten minutes.';
