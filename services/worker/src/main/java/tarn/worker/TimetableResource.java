package tarn.worker;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Idempotency;
import tarn.platform.http.Page;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.security.CurrentCaller;

/// The timetable over HTTP, for administrators: jobs, their runs and the workers; pause, resume or
/// run a job.
@Path("/api/timetable")
@Tag(name = "timetable")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("administrator")
public final class TimetableResource {

    private final Jobs jobs;
    private final Heartbeats heartbeats;
    private final Idempotency idempotency;
    private final CurrentCaller caller;

    TimetableResource(Jobs jobs, Heartbeats heartbeats, WorkerDatabase database, CurrentCaller caller) {
        this.jobs = jobs;
        this.heartbeats = heartbeats;
        this.idempotency = database.idempotency();
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "readTimetable",
            summary = "All recurring jobs: what they do, when they are due, what their last run did; and the workers",
            description = "For administrators. All of them are answered at once.")
    public TimetableView read() {
        return new TimetableView(
                jobs.all().stream().map(JobView::of).toList(),
                heartbeats.recent().stream().map(WorkerView::of).toList());
    }

    @GET
    @Path("/{job}/runs")
    @Operation(
            operationId = "listRuns",
            summary = "The runs of a job in the last 30 days, the latest first",
            description = "For administrators.")
    public Page<RunView> runs(
            @PathParam("job") String job,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        return jobs.runs(job, cursor, limit).map(RunView::of);
    }

    @POST
    @Path("/{job}/runs")
    @Operation(
            operationId = "runJob",
            summary = "Make a job due now, paused or not",
            description = "For administrators. It begins within a second or two; its record is then the first of its"
                    + " runs.")
    @ProblemCodes("409 already-running")
    @APIResponseSchema(value = JobView.class, responseCode = "202")
    public Response run(@HeaderParam("Idempotency-Key") @Nullable String key, @PathParam("job") String job) {
        return idempotency.once(
                caller.get(),
                key,
                "POST /api/timetable/" + job + "/runs",
                "",
                () -> Response.accepted(JobView.of(jobs.runNow(caller.get(), job)))
                        .build());
    }

    @PUT
    @Path("/{job}/pause")
    @Operation(
            operationId = "pauseJob",
            summary = "Pause a job: it is not run until it is resumed",
            description = "For administrators. A run under way ends as usual.")
    public JobView pause(@PathParam("job") String job) {
        return JobView.of(jobs.pause(caller.get(), job));
    }

    @DELETE
    @Path("/{job}/pause")
    @Operation(
            operationId = "resumeJob",
            summary = "Resume a job",
            description = "For administrators. A job that is not paused stays as it is.")
    @APIResponse(responseCode = "204", description = "It is not paused")
    public void resume(@PathParam("job") String job) {
        jobs.resume(job);
    }

    /// All jobs, and the workers that run them.
    @Schema(name = "Timetable")
    public record TimetableView(List<JobView> jobs, List<WorkerView> workers) {}

    /// A worker that lives: its latest heartbeat, 15 s old at most.
    @Schema(name = "TimetableWorker")
    public record WorkerView(Instant time, String host, String version, List<String> runningJobs) {

        static WorkerView of(Heartbeat heartbeat) {
            return new WorkerView(heartbeat.time(), heartbeat.host(), heartbeat.version(), heartbeat.runningJobs());
        }
    }

    /// A job and where it stands.
    ///
    /// @param every interval between the end of a run and the next, as an ISO 8601 duration
    /// @param dailyAt time of the day in UTC, as `03:20`
    @Schema(name = "TimetableJob")
    public record JobView(
            String name,
            String description,
            @Nullable String every,
            @Nullable String dailyAt,
            @Nullable Instant nextAt,
            @Nullable Instant pausedAt,
            @Nullable UUID pausedBy,
            @Nullable RunView lastRun) {

        static JobView of(JobStatus status) {
            JobSchedule schedule = status.job().schedule();
            return new JobView(
                    status.job().name(),
                    status.job().description(),
                    schedule.every() == null ? null : schedule.every().toString(),
                    schedule.dailyAt() == null ? null : schedule.dailyAt().toString(),
                    status.nextAt(),
                    status.pausedAt(),
                    status.pausedBy(),
                    status.last() == null ? null : RunView.of(status.last()));
        }
    }

    /// A run of a job.
    @Schema(name = "TimetableRun")
    public record RunView(
            UUID id,
            Instant dueAt,
            Instant startedAt,
            @Nullable Instant endedAt,
            JobRun.@Nullable RunOutcome outcome,
            Map<String, Integer> counts,
            @Nullable String error,
            @Nullable UUID requestedBy) {

        static RunView of(JobRun run) {
            return new RunView(
                    run.id(),
                    run.dueAt(),
                    run.startedAt(),
                    run.endedAt(),
                    run.outcome(),
                    run.counts(),
                    run.error(),
                    run.requestedBy());
        }
    }
}
