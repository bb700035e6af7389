delete from job where kind = 'import';
drop table import_line;
drop table import_comment;
drop table import_row;
drop table import_file;
drop table import_job;
alter table job
    drop constraint job_kind_known,
    drop constraint job_state_known,
    drop constraint job_total_positive,
    drop constraint job_ended_when_over,
    add constraint job_kind_known check (kind in ('change-tasks')),
    add constraint job_state_known check (state in ('queued', 'running', 'done', 'cancelled')),
    add constraint job_total_positive check (total > 0),
    add constraint job_ended_when_over check ((state in ('done', 'cancelled')) = (ended_at is not null));
comment on column job.total is 'The number of its entries.';
