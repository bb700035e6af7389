package tarn.worker;

import jakarta.inject.Singleton;
import tarn.platform.job.JobRequest;
import tarn.platform.job.JobResult;
import tarn.platform.job.JobWork;
import tarn.platform.job.ServiceJobs;

/// The recurring jobs on the worker's own rows: those of every service with a schema, and deleting
/// records of runs after 30 days.
@Singleton
final class WorkerJobs {

    private final ServiceJobs jobs;

    WorkerJobs(WorkerDatabase database, Jobs timetable) {
        this.jobs = database.jobs().add("delete-run-records", JobWork.inTransaction(() -> {
            int deleted = timetable.deleteOldRuns(ServiceJobs.SLICE);
            return JobResult.of("runs", deleted, deleted == ServiceJobs.SLICE);
        }));
    }

    JobResult run(String job, JobRequest request) {
        return jobs.run(job, request);
    }
}
