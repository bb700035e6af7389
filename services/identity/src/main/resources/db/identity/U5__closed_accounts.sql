alter table app_user drop column closed_at;
