drop table heartbeat;
