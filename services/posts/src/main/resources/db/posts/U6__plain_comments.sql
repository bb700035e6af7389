comment on table post is 'Something a person has written: a post on a project, a comment on a task, or a reply.';
comment on column post.html is 'What the body has become: nothing but allowed elements and attributes.';
comment on column post.rules is 'The number of the rules by which html was made; made anew when others are in force.';
comment on column post.edited_at is 'When its words were last changed after it was published.';
comment on table mention is 'Whom a post mentions.';
comment on column mention.name is 'As it was when the words were written.';
comment on table post_version is 'The words that a published post had before.';
comment on column post_version.version is 'The last version of the post that had them.';
