-- What is kept of members, labels and sections that were removed.

create table former_member (
    project_id uuid not null constraint former_member_project references project on delete cascade,
    user_id    uuid not null,
    constraint former_member_pk primary key (project_id, user_id)
);
create index former_member_of_user on former_member (user_id);
comment on table former_member is 'Users who were removed from a project or left it; kept while the account exists.';
insert into former_member (project_id, user_id)
select distinct project.id, (removed.payload ->> 'userId')::uuid
from outbox as removed
join project on project.id = removed.aggregate_id
where removed.type = 'member.removed';

create table removed_row (
    project_id uuid not null constraint removed_row_project references project on delete cascade,
    kind       text not null constraint removed_row_kind_known check (kind in ('member', 'label', 'section')),
    id         uuid not null,
    content    jsonb not null,
    tasks      uuid[] not null,
    removed_at timestamptz not null,
    constraint removed_row_pk primary key (project_id, kind, id)
);
create index removed_row_age on removed_row (removed_at);
comment on table removed_row is 'A removed member, label or section with the tasks it was on; can be restored for 30 days.';
comment on column removed_row.id is 'The user of a member.';
comment on column removed_row.content is 'The columns of the row when it was removed.';
comment on column removed_row.tasks is 'The tasks that were assigned to the member, had the label or were in the section.';
