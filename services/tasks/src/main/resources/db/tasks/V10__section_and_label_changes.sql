-- Who changed a section or a label last, and when, so that a conflict can say it.

alter table section add column updated_at timestamptz;
alter table section add column updated_by uuid;
comment on column section.updated_at is 'When it was changed last; null when that was before this was kept.';
comment on column section.updated_by is 'The user who changed it last; null when that was before this was kept.';

alter table label add column updated_at timestamptz;
alter table label add column updated_by uuid;
comment on column label.updated_at is 'When it was changed last; null when that was before this was kept.';
comment on column label.updated_by is 'The user who changed it last; null when that was before this was kept.';
