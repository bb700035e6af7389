-- Tasks imported as done at a time that their file does not tell. Rows that exist stay as they are.

alter table task drop constraint task_completed_when_done;
alter table task add constraint task_completed_when_done check (status = 'done' or completed_at is null);
comment on column task.completed_at is 'When it was done; null while it is open, and when it was imported as done without a time.';
