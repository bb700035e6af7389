drop table invited_user;
