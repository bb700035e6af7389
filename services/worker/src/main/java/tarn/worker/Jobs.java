package tarn.worker;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of the timetable: where each job stands, its runs, pause, resume, run now.
@Singleton
class Jobs {

    private final Timetable timetable;
    private final JobRunStore runs;
    private final ScheduleStore schedules;
    private final Clock clock;

    Jobs(Timetable timetable, JobRunStore runs, ScheduleStore schedules, Clock clock) {
        this.timetable = timetable;
        this.runs = runs;
        this.schedules = schedules;
        this.clock = clock;
    }

    /// All jobs, in the order of the timetable.
    public List<JobStatus> all() {
        Map<String, Instant> due = schedules.due();
        Map<String, JobRunStore.Pause> pauses = runs.pauses();
        Map<String, JobRun> latest = runs.latest();
        return timetable.jobs().stream()
                .map(job -> status(job, due.get(job.name()), pauses.get(job.name()), latest.get(job.name())))
                .toList();
    }

    private static JobStatus status(
            RecurringJob job, @Nullable Instant due, JobRunStore.@Nullable Pause pause, @Nullable JobRun last) {
        return pause == null
                ? new JobStatus(job, due, null, null, last)
                : new JobStatus(job, null, pause.at(), pause.by(), last);
    }

    /// The runs of a job, newest first.
    public Page<JobRun> runs(String name, @Nullable String cursor, @Nullable Integer limit) {
        return runs.of(job(name).name(), cursor, limit);
    }

    /// Pauses a job; a running run ends as usual.
    @Transactional
    public JobStatus pause(Caller caller, String name) {
        runs.pause(job(name).name(), caller.id(), clock.instant());
        return status(name);
    }

    /// Resumes a job.
    @Transactional
    public void resume(String name) {
        runs.resume(job(name).name());
    }

    /// Makes a job due now, paused or not.
    ///
    /// @throws Refusal.Conflict while it runs
    @Transactional
    public JobStatus runNow(Caller caller, String name) {
        runs.request(job(name).name(), caller.id(), clock.instant());
        if (!schedules.runNow(name)) {
            throw new Refusal.Conflict("already-running", "The job is running.");
        }
        return status(name);
    }

    /// Deletes the oldest records that are older than 30 days.
    public int deleteOldRuns(int most) {
        return runs.deleteStartedBefore(clock.instant().minus(JobRun.KEPT), most);
    }

    private JobStatus status(String name) {
        return all().stream()
                .filter(status -> status.job().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private RecurringJob job(String name) {
        return timetable.find(name).orElseThrow(() -> new Refusal.NotFound("job"));
    }
}
