package tarn.posts;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import tarn.platform.job.JobRequest;
import tarn.platform.job.JobResult;

/// Internal operations of posts for the other services, which the gateway hides from clients.
@Path("/internal/posts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class PostsInternalResource {

    private final PostJobs jobs;
    private final PurgePosts purge;

    PostsInternalResource(PostJobs jobs, PurgePosts purge) {
        this.jobs = jobs;
        this.purge = purge;
    }

    /// Does a slice of a recurring job.
    @POST
    @Path("jobs/{job}")
    @RolesAllowed("service:worker")
    @Operation(hidden = true)
    public JobResult runJob(@PathParam("job") String job, @Valid @NotNull JobRequest request) {
        return jobs.run(job, request);
    }

    /// Deletes a slice of the posts in projects and on tasks that are gone for good.
    @POST
    @Path("purges")
    @RolesAllowed("service:worker")
    @Operation(hidden = true)
    public JobResult purge(@Valid @NotNull Purged purged) {
        return purge.of(purged.projects(), purged.tasks());
    }

    /// Projects and tasks that are gone for good.
    record Purged(
            @NotNull @Size(max = 500) List<@NotNull UUID> projects,
            @NotNull @Size(max = 500) List<@NotNull UUID> tasks) {}
}
