package tarn.tasks;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportCharset;
import tarn.imports.ImportFormat;
import tarn.imports.ImportPlan;
import tarn.imports.ImportPreview;
import tarn.imports.ImportReader;
import tarn.imports.UnreadableImport;
import tarn.platform.Uuid7;
import tarn.platform.http.Idempotency;
import tarn.platform.http.Text;
import tarn.platform.problem.Problem;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;
import tarn.platform.upload.UploadedFile;

/// Imports of files over HTTP, and their preview: up to 5 MiB and 5,000 tasks while the client
/// waits, up to 100 MiB and 60,000 tasks as a job.
@Path("/api/imports")
@Tag(name = "imports")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class ImportResource {

    /// Bytes of a file.
    static final int MAX_BYTES = 100 * 1024 * 1024;

    /// Bytes of a file that is imported while the client waits.
    static final int MAX_BYTES_AT_ONCE = 5 * 1024 * 1024;

    /// Tasks that are created while the client waits.
    static final int MAX_TASKS_AT_ONCE = 5_000;

    /// Report lines in a response.
    static final int MAX_LINES = 500;

    /// Time a received file waits to be read, after which a job reads it.
    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(20);

    private final Imports imports;
    private final ImportJobs jobs;
    private final ImportRunner runner;
    private final ImportTurn turn;
    private final CurrentCaller caller;
    private final Idempotency idempotency;
    private final Clock clock;

    ImportResource(
            Imports imports,
            ImportJobs jobs,
            ImportRunner runner,
            ImportTurn turn,
            CurrentCaller caller,
            TasksDatabase database,
            Clock clock) {
        this.imports = imports;
        this.jobs = jobs;
        this.runner = runner;
        this.turn = turn;
        this.caller = caller;
        this.idempotency = database.idempotency();
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "importFile",
            summary = "Make a project of a Trello board (JSON), a Todoist project (CSV) or a table (CSV)",
            description = "The body is the file itself: at most 100 MB, 60,000 tasks (rows, or cards with their"
                    + " items) and 10,000 columns. Titles, descriptions and comments may come to 256 MB; keys, names"
                    + " and checklists may need 32 MB of memory, and so may all texts of a file that is imported at"
                    + " once. A file with more is refused as `too-large`. All of it is imported or nothing; the"
                    + " answer tells what was created and what was left out, line by line. With"
                    + " `Prefer: respond-async` (RFC 7240), and always above 5 MB or 5,000 tasks or while larger files"
                    + " are read, the answer is 202 with a job that imports the file; only a job imports the comments"
                    + " of a board.")
    @ProblemCodes({"400 malformed", "422 import-invalid"})
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/octet-stream",
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "202",
            description = "The file is accepted; `Location` names the job that imports it.",
            content = @Content(schema = @Schema(implementation = JobResource.View.class)))
    @APIResponseSchema(value = Report.class, responseCode = "201")
    public Response importFile(
            @QueryParam("format") @Nullable ImportFormat format,
            @QueryParam("name") @Text(min = 1, max = 200, name = true) @Nullable String name,
            @QueryParam("fileName") @Text(max = 300) @Nullable String fileName,
            @QueryParam("columns") @Text(max = 2_000) @Nullable String columns,
            @Parameter(
                            description =
                                    "The zone of dates and times that name none; that of the caller's account when"
                                            + " absent.")
                    @Schema(implementation = String.class, examples = "Europe/Berlin")
                    @QueryParam("timeZone")
                    @Nullable
                    ZoneId timeZone,
            @Parameter(description = "The encoding of the file; recognised by its bytes when absent.")
                    @QueryParam("charset")
                    @Nullable
                    ImportCharset charset,
            @Parameter(description = "`respond-async` has a job import the file.") @HeaderParam("Prefer") @Nullable
                    String prefer,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context RoutingContext context,
            @Nullable InputStream file) {
        Caller user = caller.get();
        ZoneId zone = timeZone == null ? user.timeZone() : timeZone;
        ImportReader.Options options =
                new ImportReader.Options(format, name, fileName, charset, columns(columns), zone, clock.instant());
        // What is said of the file makes another request of it, too.
        String operation = "POST /api/imports " + Arrays.asList(format, name, fileName, columns, timeZone, charset);
        boolean asynchronous = AsyncPreference.in(prefer);
        try (InputStream body = UploadedFile.stream(context, file);
                ReceivedFile received = ReceivedFile.of(body, MAX_BYTES)) {
            Response answer;
            if (asynchronous || received.length() > MAX_BYTES_AT_ONCE || !takeTurn()) {
                answer = idempotency.once(
                        user, key, operation, received.digest(), () -> accepted(user, received, options, asynchronous));
            } else {
                try {
                    answer = idempotency.once(
                            user, key, operation, received.digest(), () -> created(user, received, options));
                } finally {
                    turn.release();
                }
            }
            if (answer.getStatus() == Response.Status.ACCEPTED.getStatusCode()) {
                runner.wake();
            }
            return answer;
        } catch (IOException gone) {
            throw new Refusal.Malformed("malformed", "The file did not arrive as a whole.");
        }
    }

    private Response accepted(Caller user, ReceivedFile file, ImportReader.Options options, boolean asynchronous) {
        Job job = jobs.accept(user, file, options);
        return Response.accepted(JobResource.View.of(job))
                .location(JobResource.address(job))
                .header("Preference-Applied", asynchronous ? AsyncPreference.NAME : null)
                .build();
    }

    @POST
    @Path("/preview")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "previewImport",
            summary = "Tell how an import would read a file, without storing anything",
            description = "The body is the file or its beginning; the first 64 KB are read. The answer names the"
                    + " format, the charset, the columns of a table and the first titles.")
    @ProblemCodes({"400 malformed", "422 import-invalid"})
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/octet-stream",
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Preview previewImport(
            @QueryParam("format") @Nullable ImportFormat format,
            @QueryParam("columns") @Text(max = 2_000) @Nullable String columns,
            @Parameter(description = "The encoding of the file; recognised by its bytes when absent.")
                    @QueryParam("charset")
                    @Nullable
                    ImportCharset charset,
            @Context RoutingContext context,
            @Nullable InputStream file) {
        ImportReader.Options options = new ImportReader.Options(
                format, null, null, charset, columns(columns), caller.get().timeZone(), clock.instant());
        try (InputStream body = UploadedFile.stream(context, file)) {
            return Preview.of(ImportPreview.of(body.readNBytes(ImportPreview.MAX_BYTES), options));
        } catch (UnreadableImport unreadable) {
            throw Imports.refusal(unreadable);
        } catch (IOException gone) {
            throw new Refusal.Malformed("malformed", "The file did not arrive as a whole.");
        }
    }

    /// Waits, first come first served, until no other file is being read.
    ///
    /// @return whether that was within the timeout
    private boolean takeTurn() {
        try {
            return turn.take(QUEUE_TIMEOUT);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The server is stopping.");
        }
    }

    private Response created(Caller user, ReceivedFile file, ImportReader.Options options) {
        ImportPlan plan;
        try {
            plan = ImportReader.read(file, options).withoutComments();
        } catch (UnreadableImport unreadable) {
            throw Imports.refusal(unreadable);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        if (plan.items().size() > MAX_TASKS_AT_ONCE) {
            return accepted(user, file, options, false);
        }
        Report report = Report.of(Uuid7.next(clock), plan, imports.carryOut(user, plan));
        return Response.created(URI.create("/api/projects/" + report.project().id()))
                .entity(report)
                .build();
    }

    private static Map<String, String> columns(@Nullable String notation) {
        try {
            return notation == null ? Map.of() : ImportReader.columns(notation);
        } catch (UnreadableImport unreadable) {
            throw new Refusal.Malformed(
                    "invalid",
                    unreadable.detail(),
                    new Problem.FieldError("?columns", unreadable.code(), unreadable.detail()));
        }
    }

    /// How a file would be imported.
    ///
    /// @param charsetGuessed whether the charset is neither given nor certain from the bytes
    /// @param columns names in the header of a table, left to right; empty for other formats
    /// @param titles at most three, those with non-ASCII letters first
    @Schema(name = "ImportPreview")
    record Preview(
            ImportFormat format,
            ImportCharset charset,
            boolean charsetGuessed,
            List<String> columns,
            List<String> titles) {

        static Preview of(ImportPreview preview) {
            return new Preview(
                    preview.format(),
                    preview.charset(),
                    preview.isCharsetGuessed(),
                    preview.columns(),
                    preview.titles());
        }
    }

    /// The result of an import.
    ///
    /// @param leftOut number of things in the file that were not imported
    /// @param lineCount number of lines of the whole report, of which only the first are included
    /// @param lines most severe first, then in file order
    @Schema(name = "ImportReport")
    record Report(
            UUID id,
            ProjectName project,
            ImportFormat format,
            Created created,
            int leftOut,
            int lineCount,
            List<ReportLine> lines) {

        static Report of(UUID id, ImportPlan plan, Project project) {
            int subtasks = (int) plan.items().stream()
                    .filter(item -> item.parentKey() != null)
                    .count();
            return new Report(
                    id,
                    new ProjectName(project.id().value(), project.content().name()),
                    plan.format(),
                    new Created(
                            plan.sections().size(),
                            plan.items().size() - subtasks,
                            subtasks,
                            plan.labels().size()),
                    plan.leftOut(),
                    plan.lineCount(),
                    plan.lines().stream().limit(MAX_LINES).map(ReportLine::of).toList());
        }
    }

    /// The new project.
    @Schema(name = "ImportedProject")
    record ProjectName(UUID id, String name) {}

    /// Numbers of rows created.
    @Schema(name = "ImportCounts")
    record Created(int sections, int tasks, int subtasks, int labels) {}

    /// A line of the report.
    ///
    /// @param line number in a CSV file, from 1
    /// @param path JSON pointer in a JSON file
    @Schema(name = "ImportLine")
    record ReportLine(
            @Nullable Integer line, @Nullable String path, ImportPlan.Severity severity, String code, String detail) {

        static ReportLine of(ImportPlan.ReportLine line) {
            return new ReportLine(line.line(), line.path(), line.severity(), line.code(), line.detail());
        }
    }
}
