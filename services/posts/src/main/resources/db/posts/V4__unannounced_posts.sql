-- Posts of imports that have not ended, of which no event may tell yet.

create table unannounced_post (
    post_id uuid constraint unannounced_post_pk primary key
        constraint unannounced_post_post references post on delete cascade
);
comment on table unannounced_post is 'A published post without events: its import has not ended, and nobody may read it.';
