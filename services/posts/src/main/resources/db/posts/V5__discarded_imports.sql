-- Imports whose posts have been taken out, so that a request that arrives late posts nothing.

create table discarded_import (
    project_id   uuid constraint discarded_import_pk primary key,
    discarded_at timestamptz not null
);
comment on table discarded_import is 'The project of an import that posts nothing any more; kept for a day.';
