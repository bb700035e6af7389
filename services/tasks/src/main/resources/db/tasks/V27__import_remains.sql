-- What an import leaves outlives its user: posts to announce or to take out, and a report that is deleted in slices.
-- Imports that have ended and were not cleared before may have left posts, and are settled once more.

alter table import_job
    add column posting   boolean not null default false,
    add column discarded boolean not null default false;
comment on column import_job.posting is 'Whether it may have posts that are neither announced nor taken out.';
comment on column import_job.discarded is 'Whether its user or its time is gone: it is seen by nobody, and deleted when nothing of it is left.';
comment on column import_job.line_count is 'How many lines the report has, also those above its bound.';
comment on column import_job.cleared is 'Whether what it left in other tables has been deleted after its end.';
update import_job set posting = true where comments > 0 and not cleared;
create index import_job_posting on import_job (job_id) where posting;
