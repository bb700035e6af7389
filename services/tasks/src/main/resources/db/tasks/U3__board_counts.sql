drop index task_board;
create index task_board on task (project_id, position, id) where deleted_at is null;
