comment on table project is 'A piece of work that people share.';
comment on column project.time_zone is 'A name of the tz database; for work that nobody asked for, which has no reader''s zone.';
comment on table member is 'Who may see and change a project, and how much.';
comment on table label is 'A mark that tasks of a project can carry.';
comment on table task is 'Something to be done in a project.';
comment on table assignee is 'Who is to do a task.';
comment on table task_label is 'Which labels a task carries.';
comment on table item is 'Something that is counted and priced: in a project, or of one person alone.';
comment on column item.total_exact is 'Whether the total is the very value, not a rounded one.';
