-- Projects, who may do what in them, their sections, labels and tasks.

create table project (
    id          uuid primary key,
    name        text not null constraint project_name_length check (char_length(name) between 1 and 200),
    description text not null default '' constraint project_description_length check (char_length(description) <= 20000),
    archived    boolean not null default false,
    created_by  uuid not null,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    deleted_at  timestamptz,
    version     bigint not null default 1
);
comment on table project is 'A piece of work that people share.';

create table member (
    project_id uuid not null constraint member_project references project on delete cascade,
    user_id    uuid not null,
    role       text not null constraint member_role_known check (role in ('viewer', 'editor', 'owner')),
    added_at   timestamptz not null,
    constraint member_pk primary key (project_id, user_id)
);
create index member_of_user on member (user_id, project_id);
comment on table member is 'Who may see and change a project, and how much.';

create table section (
    id         uuid primary key,
    project_id uuid not null constraint section_project references project on delete cascade,
    name       text not null constraint section_name_length check (char_length(name) between 1 and 300),
    archived   boolean not null default false,
    position   text collate "C" not null,
    version    bigint not null default 1,
    constraint section_in_project unique (project_id, id),
    constraint section_position_unique unique (project_id, position)
);
comment on table section is 'A column of the board, in the order of position.';

create table label (
    id         uuid primary key,
    project_id uuid not null constraint label_project references project on delete cascade,
    name       text not null constraint label_name_length check (char_length(name) <= 100),
    color      text not null constraint label_color_known check (color in
                   ('gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'black')),
    version    bigint not null default 1,
    constraint label_in_project unique (project_id, id)
);
comment on table label is 'A mark that tasks of a project can carry.';

create table task (
    id           uuid primary key,
    project_id   uuid not null constraint task_project references project on delete cascade,
    section_id   uuid,
    parent_id    uuid,
    title        text not null constraint task_title_length check (char_length(title) between 1 and 500),
    description  text not null default '' constraint task_description_length check (char_length(description) <= 50000),
    status       text not null default 'open' constraint task_status_known check (status in ('open', 'done')),
    priority     smallint not null default 0 constraint task_priority_known check (priority between 0 and 4),
    start_at     timestamptz,
    due_at       timestamptz,
    archived     boolean not null default false,
    position     text collate "C" not null,
    completed_at timestamptz,
    created_by   uuid not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    deleted_at   timestamptz,
    version      bigint not null default 1,
    search       tsvector not null generated always as
                     (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', description), 'B')) stored,
    constraint task_in_project unique (project_id, id),
    constraint task_section foreign key (project_id, section_id) references section (project_id, id),
    constraint task_parent foreign key (project_id, parent_id) references task (project_id, id),
    constraint task_starts_before_due check (start_at <= due_at),
    constraint task_completed_when_done check ((status = 'done') = (completed_at is not null)),
    constraint task_not_its_own_parent check (parent_id <> id)
);
create index task_board on task (project_id, position, id) where deleted_at is null;
create index task_in_section on task (project_id, section_id, position, id);
create index task_due on task (project_id, (coalesce(due_at, 'infinity')), id) where deleted_at is null;
create index task_newest on task (project_id, created_at, id) where deleted_at is null;
create index task_children on task (parent_id) where parent_id is not null;
create index task_search on task using gin (search);
comment on table task is 'Something to be done in a project.';
comment on column task.position is 'Sorts within the project by bytes; a new one fits between any two.';
comment on column task.priority is '0 none, 1 low, 2 medium, 3 high, 4 urgent';

create table assignee (
    task_id    uuid not null constraint assignee_task references task on delete cascade,
    project_id uuid not null,
    user_id    uuid not null,
    constraint assignee_pk primary key (task_id, user_id),
    constraint assignee_is_member foreign key (project_id, user_id) references member (project_id, user_id) on delete cascade
);
create index assignee_of_user on assignee (user_id, task_id);
create index assignee_membership on assignee (project_id, user_id);
comment on table assignee is 'Who is to do a task.';

create table task_label (
    task_id    uuid not null constraint task_label_task references task on delete cascade,
    project_id uuid not null,
    label_id   uuid not null,
    constraint task_label_pk primary key (task_id, label_id),
    constraint task_label_in_project foreign key (project_id, label_id) references label (project_id, id) on delete cascade
);
create index task_label_of on task_label (label_id, task_id);
create index task_label_project on task_label (project_id, label_id);
comment on table task_label is 'Which labels a task carries.';

create table idempotency_key (
    caller       uuid not null,
    key          text not null,
    operation    text not null,
    request_hash bytea not null,
    status       integer not null,
    etag         text,
    location     text,
    body         jsonb not null,
    created_at   timestamptz not null,
    constraint idempotency_key_pk primary key (caller, key)
);
create index idempotency_key_age on idempotency_key (created_at);
comment on table idempotency_key is 'Answers kept for POST requests that are sent again.';

create table outbox (
    seq            bigint generated always as identity constraint outbox_pk primary key,
    tx             xid8 not null default pg_current_xact_id(),
    epoch          integer not null default 1,
    id             uuid not null,
    type           text not null,
    aggregate_type text not null,
    aggregate_id   uuid not null,
    actor          uuid,
    occurred_at    timestamptz not null,
    payload        jsonb not null,
    constraint outbox_id_unique unique (id)
);
create index outbox_feed on outbox (epoch, tx, seq);
comment on table outbox is 'Every change of this service, written in the transaction that makes it.';
