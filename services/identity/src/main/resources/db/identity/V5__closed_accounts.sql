-- Accounts that administrators have closed.

alter table app_user add column closed_at timestamptz;
comment on column app_user.closed_at is 'When an administrator closed the account, which cannot sign in since; null while it is open.';
