package tarn.tasks;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportFormat;
import tarn.imports.ImportPlan;
import tarn.platform.http.Page;
import tarn.platform.problem.Problem;
import tarn.platform.security.CurrentCaller;

/// Jobs over HTTP: list, read and cancel the caller's own, and read the report of an import and the
/// rejected entries of changes.
@Path("/api/jobs")
@Tag(name = "jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class JobResource {

    private final AcceptedJobs jobs;
    private final ImportJobs imports;
    private final ImportRunner runner;
    private final CurrentCaller caller;

    JobResource(AcceptedJobs jobs, ImportJobs imports, ImportRunner runner, CurrentCaller caller) {
        this.jobs = jobs;
        this.imports = imports;
        this.runner = runner;
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
            description = "Changes that were done stay, the rest is not done; an import creates nothing. A job that"
                    + " has ended stays as it is: the answer's state tells whether it is cancelled or was done"
                    + " before.")
    public View cancel(@PathParam("id") Job.Id id) {
        Job job = jobs.cancel(caller.get(), id);
        runner.wake();
        return View.of(job);
    }

    @GET
    @Path("/{id}/lines")
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "listJobLines",
            summary = "The lines of an import's report",
            description = "Most severe first, then in the order of the file; 250,000 are kept, and a last one says how"
                    + " many more there were. Empty until the file is read, and for other jobs.")
    public Page<ImportResource.ReportLine> lines(
            @PathParam("id") Job.Id id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        return imports.lines(caller.get(), id, cursor, limit).map(ImportResource.ReportLine::of);
    }

    @GET
    @Path("/{id}/report")
    @Produces("text/csv")
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "readJobReport",
            summary = "The whole report of an import as CSV",
            description = "The columns are severity, line, path, code and detail. Only the header until the file is"
                    + " read, and for other jobs.")
    @APIResponse(
            responseCode = "200",
            description = "The report.",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response report(@PathParam("id") Job.Id id) {
        Stream<ImportPlan.ReportLine> lines = imports.lines(caller.get(), id);
        StreamingOutput csv = out -> ImportCsv.write(lines, out);
        return Response.ok(csv, "text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"import-report.csv\"")
                .build();
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
            Job.JobKind kind,
            Job.Phase state,

            @Schema(description = "How many entries it has: changes, or tasks in the file (0 until it is read).")
            int total,

            @Schema(description = "How many of its entries are done; of an import, how many are ready to be created.")
            int done,

            @Schema(description = "How many of its entries could not be done.")
            int rejected,

            Instant createdAt,

            @Schema(description = "When its work began; null before.") @Nullable
            Instant startedAt,

            @Schema(description = "When it was done, cancelled or failed; null before.") @Nullable
            Instant endedAt,

            @Schema(description = "What is known of an import; null for other jobs.") @Nullable
            ImportState imported) {

        static View of(Job job) {
            return new View(
                    job.id().value(),
                    job.kind(),
                    job.phase(),
                    job.total(),
                    job.done(),
                    job.rejected(),
                    job.createdAt(),
                    job.startedAt(),
                    job.endedAt(),
                    job.imported() == null ? null : ImportState.of(job.total(), job.imported()));
        }
    }

    /// An import as a client sees it.
    @Schema(name = "JobImport")
    record ImportState(
            @Schema(description = "As it was sent; null when it was not.") @Nullable
            String fileName,

            @Schema(description = "Null until the file is read.") @Nullable
            ImportFormat format,

            @Schema(description = "The new project; null until it is created.")
            ImportResource.@Nullable ProjectName project,

            @Schema(description = "What was created so far: nothing until the job is done, then all.")
            ImportResource.Created created,

            @Schema(description = "How many things of the file are not imported; 0 until it is read.")
            int leftOut,

            @Schema(description = "How many lines the report has; 0 until the file is read.")
            int lineCount,

            @Schema(description = "Why it failed; null when it did not.") @Nullable
            Problem problem) {

        static ImportState of(int tasks, Job.ImportState imported) {
            Job.ImportNumbers report = imported.report();
            Project.Id project = imported.project();
            return new ImportState(
                    imported.fileName(),
                    report == null ? null : ImportFormat.valueOf(report.format().toUpperCase(Locale.ROOT)),
                    report == null || project == null
                            ? null
                            : new ImportResource.ProjectName(project.value(), report.projectName()),
                    report == null || project == null
                            ? new ImportResource.Created(0, 0, 0, 0)
                            : new ImportResource.Created(
                                    report.sections(), tasks - report.subtasks(), report.subtasks(), report.labels()),
                    report == null ? 0 : report.leftOut(),
                    report == null ? 0 : report.lineCount(),
                    imported.problem() == null ? null : Problem.parse(imported.problem()));
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

            @JsonRawValue @Schema(type = SchemaType.OBJECT) String change,

            @JsonRawValue @Schema(implementation = Problem.class)
            String problem) {

        static Rejected of(Job.Rejection rejection) {
            Job.Change entry = rejection.entry();
            return new Rejected(
                    entry.number(), entry.task().value(), entry.version(), entry.patch(), rejection.problem());
        }
    }
}
