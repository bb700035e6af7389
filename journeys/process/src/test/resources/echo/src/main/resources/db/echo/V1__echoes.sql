create table echo (
    id   uuid constraint echo_pk primary key,
    text text not null
);
