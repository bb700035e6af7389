drop table password_reset;
