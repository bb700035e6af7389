package tarn.tasks;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import tarn.platform.job.JobRequest;
import tarn.platform.job.JobResult;
import tarn.platform.job.JobWork;
import tarn.platform.job.ServiceJobs;

/// The recurring jobs of tasks, done in slices: pending totals, emptying the trash, statistics,
/// resuming users' jobs that another process has left, and deleting those of 30 days ago.
@Singleton
final class TaskJobs {

    /// Retention of a user's job after its end.
    static final Duration KEPT = Duration.ofDays(30);

    private final ServiceJobs jobs;

    TaskJobs(
            TasksDatabase database,
            CompletePendingTotals totals,
            EmptyTrash trash,
            ProjectStatisticsCache statistics,
            TaskChangeRunner accepted,
            ImportRunner imports,
            JobStore userJobs,
            Clock clock) {
        this.jobs = database.jobs()
                .add("complete-totals", (_, fence) -> totals.complete(fence))
                .add("empty-trash", JobWork.inTransaction(trash::run))
                .add("refresh-statistics", JobWork.inTransaction(statistics::refreshStale))
                .add(
                        "resume-jobs",
                        JobWork.inTransaction(() -> JobResult.of("jobs", accepted.resume() + imports.resume(), false)))
                .add(
                        "delete-old-jobs",
                        JobWork.inTransaction(
                                () -> userJobs.deleteEnded(clock.instant().minus(KEPT))));
    }

    void begin(@Observes StartupEvent event) {
        jobs.beginWithoutWorker();
    }

    @PreDestroy
    void end() {
        jobs.close();
    }

    /// Does a slice of a job.
    JobResult run(String job, JobRequest request) {
        return jobs.run(job, request);
    }
}
