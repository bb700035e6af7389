package tarn.tasks;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import tarn.platform.job.JobRequest;
import tarn.platform.job.JobResult;
import tarn.platform.job.JobWork;
import tarn.platform.job.ServiceJobs;

/// The recurring jobs of tasks, done in slices: pending totals, emptying the trash, statistics, and
/// waking for users' jobs that another process has left.
@Singleton
final class TaskJobs {

    private final ServiceJobs jobs;

    TaskJobs(
            TasksDatabase database,
            PendingTotals totals,
            EmptyTrash trash,
            StatisticsRefresh statistics,
            TaskChangeRunner accepted,
            ImportRunner imports) {
        this.jobs = database.jobs()
                .add("complete-totals", (_, fence) -> totals.complete(fence))
                .add("empty-trash", JobWork.inTransaction(trash::run))
                .add("refresh-statistics", JobWork.inTransaction(statistics::refreshStale))
                .add(
                        "resume-jobs",
                        JobWork.inTransaction(() -> JobResult.of("jobs", accepted.resume() + imports.resume(), false)));
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
