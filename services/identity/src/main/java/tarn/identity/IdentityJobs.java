package tarn.identity;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.job.JobRequest;
import tarn.platform.job.JobResult;
import tarn.platform.job.JobWork;
import tarn.platform.job.ServiceJobs;

/// The recurring jobs of identity, done in slices: removing what has expired, beside those of every
/// service.
@Singleton
final class IdentityJobs {

    private final ServiceJobs jobs;

    IdentityJobs(IdentityDatabase database, RemoveExpired removeExpired) {
        this.jobs = database.jobs().add("remove-expired", JobWork.inTransaction(removeExpired::run));
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
