delete from job where id in (select job_id from import_job where discarded);
drop index import_job_posting;
alter table import_job
    drop column posting,
    drop column discarded;
comment on column import_job.line_count is 'How many lines the report has, also those that are not kept.';
comment on column import_job.cleared is 'Whether import_file and import_row have been emptied after its end.';
