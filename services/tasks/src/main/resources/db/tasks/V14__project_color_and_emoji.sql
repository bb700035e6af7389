-- What a project is recognised by at a glance.

alter table project add column color text not null default 'teal'
    constraint project_color_known
        check (color in ('gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'black'));
alter table project add column emoji text constraint project_emoji_length check (char_length(emoji) between 1 and 32);
comment on column project.color is 'One of the colours of labels.';
comment on column project.emoji is 'A single emoji that is shown before the name; null for none.';
