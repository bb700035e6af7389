-- The comments say what a row is in plain words; no row changes.
comment on table project is 'A project: what it holds is seen by its members only.';
comment on column project.time_zone is 'The tz database name of the zone where days begin and end when no user asks, as in jobs.';
comment on table member is 'The role of a user in a project.';
comment on table label is 'A label for tasks of a project.';
comment on table task is 'A task of a project.';
comment on table assignee is 'A user to whom a task is assigned.';
comment on table task_label is 'A label of a task.';
comment on table item is 'An item with a quantity and a price, in a project or of a single user.';
comment on column item.total_exact is 'Whether the total is exact; false when it was rounded.';
