-- The comments say what a row is in plain words; no row changes.
comment on table revocation is 'Credentials whose access tokens are refused; kept until all of these have expired.';
comment on column revocation.seq is 'Rises in the order of commits: a lock lets one writer in at a time.';
comment on table signing_key is 'Keys that sign access tokens: the latest one with signs_from in the past is used.';
comment on table setting is 'Settings of this Tarn that administrators have changed.';
