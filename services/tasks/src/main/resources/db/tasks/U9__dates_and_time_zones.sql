-- Before, a date was 17:00 on that day: in the project's zone, because the creator's is not known here.

drop table zone_question;

drop index task_due_at;
drop index task_due_on;
drop index task_due_never;
alter table task drop constraint task_starts_before_due;
alter table task drop constraint task_due_is_one;
alter table task drop constraint task_start_is_one;
update task
set due_at = coalesce(task.due_at, (task.due_on + time '17:00') at time zone project.time_zone),
    start_at = coalesce(task.start_at, (task.start_on + time '17:00') at time zone project.time_zone)
from project
where project.id = task.project_id and (task.due_on is not null or task.start_on is not null);
-- A date may have been written beside a time that is not in order with 17:00.
update task set start_at = due_at where start_at > due_at;
alter table task add constraint task_starts_before_due check (start_at <= due_at);
create index task_due on task (project_id, (coalesce(due_at, 'infinity')), id) where deleted_at is null;

alter table task drop constraint task_starts_on_before_due;
alter table task drop column due_on;
alter table task drop column start_on;
alter table project drop column time_zone;
