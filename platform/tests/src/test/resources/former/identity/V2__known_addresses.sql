-- Where people have signed in, and e-mail addresses that differ only by width or by what cannot be seen.

create table known_address (
    person_id    uuid not null constraint known_address_person references person on delete cascade,
    network      text not null,
    last_used_at timestamptz not null,
    constraint known_address_pk primary key (person_id, network)
);
create index known_address_age on known_address (last_used_at);
comment on table known_address is 'Addresses that a person has signed in from: wrong passwords from elsewhere do not slow down signing in there.';
comment on column known_address.network is 'An IPv4 address, or the first 64 bits of an IPv6 address in hexadecimal.';

insert into known_address (person_id, network, last_used_at)
select person_id,
       case when strpos(address, ':') = 0 then address
            else encode(substring(inet_send(address::inet) from 5 for 8), 'hex') end,
       max(last_used_at)
from session
where address ~ '^[0-9a-fA-F:.]+$'
group by 1, 2;

-- An address that would become the same as an older one keeps its key, and its owner can still sign in.
with folded as (
    select id, email_key, lower(normalize(regexp_replace(email_key,
        '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0]',
        '', 'g'), NFKC)) as key, created_at
    from person
), first as (
    select distinct on (key) id, key from folded order by key, (key = email_key) desc, created_at, id
)
update person set email_key = first.key from first where person.id = first.id and person.email_key <> first.key;
comment on column person.email_key is 'The e-mail address in lower case and NFKC, without invisible characters: addresses that differ by no more are one.';
