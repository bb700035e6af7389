package tarn.worker;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import tarn.platform.job.JobRequest;
import tarn.platform.job.JobResult;

/// Internal operation of the worker, which the gateway hides from clients: recurring jobs on its
/// own rows.
@Path("/internal/worker")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class WorkerInternalResource {

    private final WorkerJobs jobs;

    WorkerInternalResource(WorkerJobs jobs) {
        this.jobs = jobs;
    }

    /// Does a slice of a job on the worker's own rows.
    @POST
    @Path("jobs/{job}")
    @RolesAllowed("service:worker")
    @Operation(hidden = true)
    public JobResult run(@PathParam("job") String job, @Valid @NotNull JobRequest request) {
        return jobs.run(job, request);
    }
}
