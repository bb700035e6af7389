package tarn.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.problem.Problem;
import tarn.platform.security.CurrentCaller;

/// Jobs over HTTP.
@Path("/api/jobs")
@Tag(name = "jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class JobResource {

    private final Jobs jobs;
    private final CurrentCaller caller;

    JobResource(Jobs jobs, CurrentCaller caller) {
        this.jobs = jobs;
        this.caller = caller;
    }

    /// The address of a job.
    static URI address(Job job) {
        return URI.create("/api/jobs/" + job.id().value());
    }

    @GET
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "listJobs",
            summary = "The caller's jobs",
            description = "The newest first. Jobs are kept for 30 days after their end.")
    public Page<View> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable Integer limit) {
        return jobs.of(caller.get(), cursor, limit).map(View::of);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "readJob",
            summary = "One job",
            description = "How far it is, and how many of its entries could not be done.")
    public View read(@PathParam("id") Job.Id id) {
        return View.of(jobs.job(caller.get(), id));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "cancelJob",
            summary = "Cancel a job",
            description = "What was done stays, the rest is not done. A job that has ended stays as it is.")
    public View cancel(@PathParam("id") Job.Id id) {
        return View.of(jobs.cancel(caller.get(), id));
    }

    @GET
    @Path("/{id}/rejections")
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "listJobRejections",
            summary = "The entries of a job that could not be done",
            description = "In the order of the request, each with its problem. Corrected, they can be sent again.")
    public Page<Rejected> rejections(
            @PathParam("id") Job.Id id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        return jobs.rejections(caller.get(), id, cursor, limit).map(Rejected::of);
    }

    /// A job as a client sees it.
    @Schema(name = "JobView")
    record View(
            UUID id,
            Job.Phase state,

            @Schema(description = "How many entries it has.")
            int total,

            @Schema(description = "How many of its entries are done.")
            int done,

            @Schema(description = "How many of its entries could not be done.")
            int rejected,

            Instant createdAt,

            @Schema(description = "When its work began; null before.") @Nullable
            Instant startedAt,

            @Schema(description = "When it was done or cancelled; null before.") @Nullable
            Instant endedAt) {

        static View of(Job job) {
            return new View(
                    job.id().value(),
                    job.phase(),
                    job.total(),
                    job.done(),
                    job.rejected(),
                    job.createdAt(),
                    job.startedAt(),
                    job.endedAt());
        }
    }

    /// An entry that could not be done.
    @Schema(name = "JobRejection")
    record Rejected(
            @Schema(description = "Its place in the request, from 0.")
            int number,

            @Schema(description = "The id of the task.") UUID id,

            @Schema(description = "The version that was sent; null for any.") @Nullable
            Long version,

            @Schema(implementation = TaskResource.Draft.class)
            ObjectNode change,

            @Schema(implementation = Problem.class) ObjectNode problem) {

        static Rejected of(Job.Rejection rejection) {
            Job.Entry entry = rejection.entry();
            return new Rejected(
                    entry.number(), entry.task().value(), entry.version(), entry.change(), rejection.problem());
        }
    }
}
