drop table setting;
drop table signing_key;
drop table revocation;
drop table personal_token;
drop table refresh_token;
drop table session;
drop table person;
