drop table removed_row;
drop table former_member;
