-- An account is a user everywhere: the table and its columns take the word of the API.

alter table person rename to app_user;
alter table app_user rename constraint person_pkey to app_user_pkey;
alter table app_user rename constraint person_name_length to app_user_name_length;
alter table app_user rename constraint person_email_length to app_user_email_length;
alter table app_user rename constraint person_email_unique to app_user_email_unique;
alter index person_by_name rename to app_user_by_name;
comment on table app_user is 'An account that can sign in.';

alter table session rename column person_id to user_id;
alter table session rename constraint session_person to session_app_user;
alter index session_of_person rename to session_of_app_user;
comment on table session is 'A user signed in on one device; deleted when it ends.';
comment on column session.expires_at is 'Moves on with use, up to a last day that is fixed when the session is created.';

alter table personal_token rename column person_id to user_id;
alter table personal_token rename constraint personal_token_person to personal_token_app_user;
alter index personal_token_of_person rename to personal_token_of_app_user;
comment on table personal_token is 'A personal access token: what a program uses in a user''s name.';

alter table known_address rename column person_id to user_id;
alter table known_address rename constraint known_address_person to known_address_app_user;
comment on table known_address is 'Networks that a user has signed in from: wrong passwords from elsewhere do not slow down signing in there.';
