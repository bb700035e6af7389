package tarn.worker;

import java.time.Instant;
import java.util.List;

/// What a worker says of itself every 5 s.
///
/// @param time by the database's clock
/// @param host its machine's name
/// @param version of its program
/// @param runningJobs names of the jobs it is running
record Heartbeat(Instant time, String host, String version, List<String> runningJobs) {}
