comment on table known_address is 'Addresses that a person has signed in from: wrong passwords from elsewhere do not slow down signing in there.';
alter table known_address rename constraint known_address_app_user to known_address_person;
alter table known_address rename column user_id to person_id;

comment on table personal_token is 'A personal access token: what a program uses in a person''s name.';
alter index personal_token_of_app_user rename to personal_token_of_person;
alter table personal_token rename constraint personal_token_app_user to personal_token_person;
alter table personal_token rename column user_id to person_id;

comment on column session.expires_at is 'Moves on with use, up to a last day that is fixed when the session is opened.';
comment on table session is 'A person signed in on one device; gone when it ends.';
alter index session_of_app_user rename to session_of_person;
alter table session rename constraint session_app_user to session_person;
alter table session rename column user_id to person_id;

comment on table app_user is 'Somebody who can sign in.';
alter index app_user_by_name rename to person_by_name;
alter table app_user rename constraint app_user_email_unique to person_email_unique;
alter table app_user rename constraint app_user_email_length to person_email_length;
alter table app_user rename constraint app_user_name_length to person_name_length;
alter table app_user rename constraint app_user_pkey to person_pkey;
alter table app_user rename to person;
