comment on table revocation is 'Credentials whose access tokens must no longer be honoured, kept while such tokens may live.';
comment on column revocation.seq is 'Rises in the order of commits: writers take turns.';
comment on table signing_key is 'Keys that sign access tokens: the latest whose time has come does.';
comment on table setting is 'What administrators have decided for the whole of this Tarn.';
