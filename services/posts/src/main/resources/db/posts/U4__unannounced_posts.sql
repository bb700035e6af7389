drop table unannounced_post;
