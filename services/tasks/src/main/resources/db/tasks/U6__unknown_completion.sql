-- Before, every done task had a time: the last change stands in for a time that is not known.

update task set completed_at = updated_at where status = 'done' and completed_at is null;
comment on column task.completed_at is null;
alter table task drop constraint task_completed_when_done;
alter table task add constraint task_completed_when_done check ((status = 'done') = (completed_at is not null));
