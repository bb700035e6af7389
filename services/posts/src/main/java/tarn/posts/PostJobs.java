package tarn.posts;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import tarn.platform.job.JobRequest;
import tarn.platform.job.JobResult;
import tarn.platform.job.JobWork;
import tarn.platform.job.ServiceJobs;
import tarn.platform.service.Routes;

/// The recurring jobs of posts, done in slices, among them emptying the trash.
@Singleton
final class PostJobs {

    private final ServiceJobs jobs;

    PostJobs(PostsDatabase database, PurgePosts purge) {
        this.jobs = database.jobs().add("empty-trash", JobWork.inTransaction(purge::emptyTrash));
    }

    /// Static, so that the bean of an excluded service is not created.
    static void begin(@Observes StartupEvent event, Routes routes, Instance<PostJobs> jobs) {
        if (routes.services().has("posts")) {
            jobs.get().jobs.beginWithoutWorker();
        }
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
