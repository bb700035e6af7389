drop table post_version;
drop table mention;
drop table post;
