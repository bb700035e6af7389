-- Who changed something last, so that a conflict can say it.

alter table project add column updated_by uuid;
comment on column project.updated_by is 'The user who changed it last; null when that was before this was kept.';

alter table task add column updated_by uuid;
comment on column task.updated_by is 'The user who changed it last; null when that was before this was kept.';

alter table item add column updated_by uuid;
comment on column item.updated_by is 'The user who changed it last; null when that was before this was kept.';
