/// Work that no user waits for: jobs by a timetable, and what follows from other services' events;
/// and the live streams, which tell users of events.
///
/// Start reading at [tarn.worker.Timetable]; [tarn.worker.JobRunner] runs its jobs
/// when [tarn.worker.ScheduleStore] says so, and [tarn.worker.PurgeFollower] follows events.
/// [tarn.worker.LiveStreams] tells users of them.
@NullMarked
package tarn.worker;

import org.jspecify.annotations.NullMarked;
