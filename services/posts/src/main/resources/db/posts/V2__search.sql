-- What posts are found by is computed by the service, which writes it with the texts. Rows that exist keep what they
-- have until the service has computed theirs, in the background.

alter table post alter column search drop expression;
alter table post alter column search set default '';
comment on column post.search is 'Tokens of title (weight A) and body (B), as the service analyses them.';

create table derived_columns (
    table_name text constraint derived_columns_pk primary key,
    rules      integer not null default 0,
    after_id   uuid
);
comment on table derived_columns is 'How far columns that the service computes from texts have been computed by the present rules.';
comment on column derived_columns.after_id is 'The last row that is done; null when all are.';
insert into derived_columns (table_name) values ('post');
