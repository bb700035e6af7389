drop table invitation_use;
drop table invitation;
