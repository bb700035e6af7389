-- The comments say what a row is in plain words; no row changes.
comment on table post is 'A post on a project, a comment on a task, or a reply.';
comment on column post.html is 'The body as HTML, with allowed elements and attributes only.';
comment on column post.rules is 'The version of the rules that made html; it is made again under other rules.';
comment on column post.edited_at is 'When its text was last changed after it was published.';
comment on table mention is 'A user whom a post mentions.';
comment on column mention.name is 'The user''s name when the text was written.';
comment on table post_version is 'A former text of a published post.';
comment on column post_version.version is 'The last version of the post with this text.';
