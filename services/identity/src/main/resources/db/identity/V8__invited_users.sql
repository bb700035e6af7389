-- Whom a user has let in: known to the inviter also when the invitation is no longer kept.

create table invited_user (
    invited_by uuid not null constraint invited_user_inviter references app_user on delete cascade,
    user_id    uuid not null constraint invited_user_app_user references app_user on delete cascade,
    constraint invited_user_pk primary key (invited_by, user_id)
);
create index invited_user_of_app_user on invited_user (user_id);
comment on table invited_user is 'A user who has accepted an invitation of another, who finds them from then on.';
insert into invited_user (invited_by, user_id)
select distinct invitation.created_by, invitation_use.user_id
from invitation_use
join invitation on invitation.id = invitation_use.invitation_id;
