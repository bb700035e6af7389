-- Posts on projects, comments on tasks, replies to both, whom they mention, and the words they had before.

create table post (
    id           uuid primary key,
    project_id   uuid not null,
    task_id      uuid,
    parent_id    uuid,
    author_id    uuid not null,
    title        text constraint post_title_length check (char_length(title) between 1 and 200),
    body         text not null constraint post_body_length check (char_length(body) between 1 and 20000),
    html         text not null,
    rules        smallint not null,
    published_at timestamptz,
    edited_at    timestamptz,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    deleted_at   timestamptz,
    version      bigint not null default 1,
    search       tsvector not null generated always as
                     (setweight(to_tsvector('simple', coalesce(title, '')), 'A') || setweight(to_tsvector('simple', body), 'B')) stored,
    constraint post_in_project unique (project_id, id),
    constraint post_parent foreign key (project_id, parent_id) references post (project_id, id),
    constraint post_not_its_own_parent check (parent_id <> id),
    constraint post_title_on_projects_only check (title is null or (task_id is null and parent_id is null)),
    constraint post_edited_when_published check (edited_at is null or published_at is not null)
);
create index post_on_project on post (project_id, (coalesce(published_at, created_at)), id)
    where task_id is null and parent_id is null and deleted_at is null;
create index post_on_task on post (task_id, (coalesce(published_at, created_at)), id)
    where parent_id is null and deleted_at is null;
create index post_replies on post (parent_id, (coalesce(published_at, created_at)), id);
create index post_drafts on post (author_id, project_id) where published_at is null;
create index post_search on post using gin (search);
comment on table post is 'Something a person has written: a post on a project, a comment on a task, or a reply.';
comment on column post.task_id is 'The task it is a comment on; null when it is on the project itself.';
comment on column post.parent_id is 'The post it replies to, which is no reply itself.';
comment on column post.body is 'Markdown.';
comment on column post.html is 'What the body has become: nothing but allowed elements and attributes.';
comment on column post.rules is 'The number of the rules by which html was made; made anew when others are in force.';
comment on column post.published_at is 'Null while it is a draft.';
comment on column post.edited_at is 'When its words were last changed after it was published.';

create table mention (
    post_id uuid not null constraint mention_post references post on delete cascade,
    user_id uuid not null,
    name    text not null constraint mention_name_length check (char_length(name) between 1 and 100),
    constraint mention_pk primary key (post_id, user_id)
);
create index mention_of_user on mention (user_id, post_id);
comment on table mention is 'Whom a post mentions.';
comment on column mention.name is 'As it was when the words were written.';

create table post_version (
    post_id    uuid not null constraint post_version_post references post on delete cascade,
    version    bigint not null,
    title      text,
    body       text not null,
    html       text not null,
    rules      smallint not null,
    written_at timestamptz not null,
    constraint post_version_pk primary key (post_id, version)
);
comment on table post_version is 'The words that a published post had before.';
comment on column post_version.version is 'The last version of the post that had them.';
