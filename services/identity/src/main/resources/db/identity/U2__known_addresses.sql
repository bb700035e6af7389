comment on column person.email_key is 'The e-mail address in lower case: addresses that differ only by case are one.';
update person set email_key = lower(normalize(email, NFC));
drop table known_address;
