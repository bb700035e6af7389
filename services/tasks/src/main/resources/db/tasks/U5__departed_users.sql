drop table departed_user;
