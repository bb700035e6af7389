/// Work that no user waits for: jobs by a timetable, and what follows from other services' events.
///
/// Start reading at [tarn.worker.Timetable]; [tarn.worker.JobRunner] runs its jobs
/// when [tarn.worker.ScheduleStore] says so, and [tarn.worker.PurgeFollower] follows events.
@NullMarked
package tarn.worker;

import org.jspecify.annotations.NullMarked;
