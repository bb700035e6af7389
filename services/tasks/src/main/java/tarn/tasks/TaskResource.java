package tarn.tasks;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Observes;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import tarn.platform.Invisible;
import tarn.platform.http.Idempotency;
import tarn.platform.http.MergePatch;
import tarn.platform.http.Page;
import tarn.platform.http.Text;
import tarn.platform.http.Version;
import tarn.platform.problem.InputErrors;
import tarn.platform.problem.Problem;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;

/// Tasks over HTTP; changes of many tasks are done at once up to 100, as a job up to 10,000.
@Path("/api/tasks")
@Tag(name = "tasks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class TaskResource {

    private static final String TIME_ZONE =
            "The zone in which days begin and end; that of the caller's account when absent.";
    private static final String START = "A date, the same everywhere, or an RFC 3339 timestamp.";
    private static final String DUE =
            "A date, overdue when that day has ended where its reader is, or an RFC 3339 timestamp.";
    /// Changes done while the client waits.
    private static final int MAX_AT_ONCE = 100;

    private static final String SHAPE = "Some of what was sent has the wrong shape.";

    private final Tasks tasks;
    private final CurrentCaller caller;
    private final MergePatch patch;
    private final ObjectMapper mapper;
    private final AcceptedJobs jobs;
    private final TaskChangeRunner runner;
    private final Idempotency idempotency;

    TaskResource(
            Tasks tasks,
            CurrentCaller caller,
            MergePatch patch,
            ObjectMapper mapper,
            AcceptedJobs jobs,
            TaskChangeRunner runner,
            TasksDatabase database) {
        this.tasks = tasks;
        this.caller = caller;
        this.patch = patch;
        this.mapper = mapper;
        this.jobs = jobs;
        this.runner = runner;
        this.idempotency = database.idempotency();
    }

    @GET
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "listTasks",
            summary = "Tasks of the caller's projects, filtered and sorted",
            description = "Of all projects that the caller is in. Each parameter leaves fewer; deleted ones "
                    + "are left out unless they are asked for.")
    public Page<View> list(@Valid @BeanParam ListParameters wanted) {
        Caller user = caller.get();
        return tasks.of(user, wanted.filter(zone(user, wanted.timeZone)), wanted.sort(), wanted.cursor, wanted.limit)
                .map(View::of);
    }

    @POST
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "createTask",
            summary = "Create a task at the end of its section",
            description = "At the end of its section, or of what has no section. Everything but the project "
                    + "and the title may be left out.")
    @ProblemCodes({"404 not-found", "422 after-due, not-a-member, out-of-range, too-deep, unknown"})
    @APIResponseSchema(value = View.class, responseCode = "201")
    public Response create(
            @Parameter(description = TIME_ZONE)
                    @Schema(implementation = String.class, examples = "Europe/Berlin")
                    @QueryParam("timeZone")
                    @Nullable
                    ZoneId timeZone,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Valid @NotNull Draft draft) {
        Caller user = caller.get();
        return idempotency.once(user, key, "POST /api/tasks", draft, () -> {
            Task task = tasks.create(user, zone(user, timeZone), new Project.Id(draft.projectId()), draft.content());
            View view = View.of(task);
            return Response.created(URI.create("/api/tasks/" + view.id()))
                    .entity(view)
                    .tag(view.tag())
                    .build();
        });
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "readTask",
            summary = "One task, also in the trash: deletedAt says so",
            description = "With the count of its sub-tasks.")
    @APIResponseSchema(View.class)
    public RestResponse<View> read(@PathParam("id") Task.Id id) {
        return answer(tasks.task(caller.get(), id));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "changeTask",
            summary = "Change what is sent, leave the rest",
            description = "A merge-patch: what is not sent stays. A task stays in its project.")
    @ProblemCodes({"409 in-trash", "422 after-due, cycle, immutable, not-a-member, out-of-range, too-deep, unknown"})
    @RequestBody(content = @Content(schema = @Schema(implementation = Draft.class)))
    @APIResponseSchema(View.class)
    public RestResponse<View> change(
            @PathParam("id") Task.Id id,
            @Parameter(description = TIME_ZONE)
                    @Schema(implementation = String.class, examples = "Europe/Berlin")
                    @QueryParam("timeZone")
                    @Nullable
                    ZoneId timeZone,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull ObjectNode changes) {
        Caller user = caller.get();
        return answer(change(user, zone(user, timeZone), id, Version.expected(ifMatch), changes));
    }

    @PATCH
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "changeTasks",
            summary = "Change many tasks, each by itself: some may succeed and some not",
            description = "Changes up to a hundred tasks and answers 207 with an outcome for each change, in the order "
                    + "of the request. With `Prefer: respond-async` (RFC 7240) it takes up to 10,000 changes in 8 MB and "
                    + "answers 202 with a job that does them. Each is a merge-patch.")
    @APIResponse(
            responseCode = "202",
            description = "The changes are accepted; `Location` names the job that does them.",
            content = @Content(schema = @Schema(implementation = JobResource.View.class)))
    @APIResponseSchema(value = Changed.class, responseCode = "207")
    public Response changeMany(
            @Parameter(description = TIME_ZONE)
                    @Schema(implementation = String.class, examples = "Europe/Berlin")
                    @QueryParam("timeZone")
                    @Nullable
                    ZoneId timeZone,
            @Parameter(description = "`respond-async` has a job do the changes.") @HeaderParam("Prefer") @Nullable
                    String prefer,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Valid @NotNull Changes changes) {
        Caller user = caller.get();
        ZoneId zone = zone(user, timeZone);
        if (AsyncPreference.in(prefer)) {
            return accepted(user, zone, key, changes);
        }
        if (changes.changes().size() > MAX_AT_ONCE) {
            String detail = "Must have 1 to " + MAX_AT_ONCE + " changes, or more with Prefer: respond-async.";
            throw new Refusal.Invalid("/changes", "invalid", detail);
        }
        List<Outcome> outcomes =
                changes.changes().stream().map(one -> outcome(user, zone, one)).toList();
        return Response.status(207).entity(new Changed(outcomes)).build();
    }

    private Response accepted(Caller user, ZoneId zone, @Nullable String key, Changes changes) {
        List<Job.Change> entries = new ArrayList<>();
        for (Change one : changes.changes()) {
            entries.add(new Job.Change(entries.size(), new Task.Id(one.id()), one.version(), one.change()));
        }
        Response answer = idempotency.once(user, key, "PATCH /api/tasks", List.of(zone.getId(), changes), () -> {
            Job job = jobs.accept(user, zone, entries);
            return Response.accepted(JobResource.View.of(job))
                    .location(JobResource.address(job))
                    .header("Preference-Applied", AsyncPreference.NAME)
                    .build();
        });
        runner.wake();
        return answer;
    }

    /// Lets jobs change tasks as requests do.
    void begin(@Observes StartupEvent event) {
        runner.begin(this::change);
    }

    private Task change(Caller user, ZoneId zone, Task.Id id, @Nullable Long expected, String stored) {
        try {
            return change(user, zone, id, expected, mapper.readValue(stored, ObjectNode.class));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Stored as JSON", impossible);
        }
    }

    private Task change(Caller user, ZoneId zone, Task.Id id, @Nullable Long expected, ObjectNode changes) {
        if (changes.has("projectId")) {
            throw new Refusal.Invalid("/projectId", "immutable", "A task stays in its project.");
        }
        return tasks.change(
                user,
                zone,
                id,
                expected,
                changes.has("parentId"),
                task -> patch.apply(Draft.of(task), changes).content());
    }

    private Outcome outcome(Caller user, ZoneId zone, Change one) {
        try {
            Task task = change(user, zone, new Task.Id(one.id()), one.version(), one.change());
            return new Outcome(one.id(), 200, View.of(task), null);
        } catch (Refusal refusal) {
            return new Outcome(one.id(), refusal.status(), null, Problem.of(refusal, null));
        } catch (ConstraintViolationException invalid) {
            Refusal refusal = InputErrors.violations(invalid);
            return new Outcome(one.id(), refusal.status(), null, Problem.of(refusal, null));
        }
    }

    /// The zone of whoever asks: what is said in the request, else that of their account.
    private static ZoneId zone(Caller user, @Nullable ZoneId said) {
        return said == null ? user.timeZone() : said;
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "deleteTask",
            summary = "Put a task and its sub-tasks in the trash",
            description = "They can be restored together.")
    @APIResponse(responseCode = "204", description = "It is in the trash")
    public void delete(@PathParam("id") Task.Id id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        tasks.delete(caller.get(), id, Version.expected(ifMatch));
    }

    @PUT
    @Path("/{id}/restoration")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "restoreTask",
            summary = "Take a task out of the trash",
            description = "With the sub-tasks that went with it. A task that is not in the trash stays as " + "it is.")
    @APIResponseSchema(View.class)
    public RestResponse<View> restore(@PathParam("id") Task.Id id) {
        return answer(tasks.restore(caller.get(), id));
    }

    @PUT
    @Path("/{id}/completion")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "completeTask",
            summary = "Complete a task",
            description = "A task that is done stays as it is. Its sub-tasks stay as they are.")
    @ProblemCodes("409 in-trash")
    @APIResponseSchema(View.class)
    public RestResponse<View> complete(@PathParam("id") Task.Id id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return answer(tasks.complete(caller.get(), id, Version.expected(ifMatch)));
    }

    @DELETE
    @Path("/{id}/completion")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "reopenTask",
            summary = "Reopen a completed task",
            description = "A task that is open stays as it is.")
    @ProblemCodes("409 in-trash")
    @APIResponseSchema(View.class)
    public RestResponse<View> reopen(@PathParam("id") Task.Id id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return answer(tasks.reopen(caller.get(), id, Version.expected(ifMatch)));
    }

    @PUT
    @Path("/{id}/position")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "moveTask",
            summary = "Move a task behind another of a section, or to its front",
            description = "`after` names the task it shall stand behind; without it, it stands first.")
    @ProblemCodes({"409 in-trash", "422 unknown"})
    @APIResponseSchema(View.class)
    public RestResponse<View> move(
            @PathParam("id") Task.Id id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull MoveTarget place) {
        return answer(tasks.move(
                caller.get(),
                id,
                Version.expected(ifMatch),
                Draft.section(place.sectionId()),
                Draft.task(place.after())));
    }

    private static RestResponse<View> answer(Task task) {
        View view = View.of(task);
        return Version.ok(view, view.tag());
    }

    /// Which tasks a list shall hold, and how.
    public static final class ListParameters {
        @QueryParam("project")
        Project.@Nullable Id project;

        @QueryParam("section")
        Section.@Nullable Id section;

        @QueryParam("parent")
        Task.@Nullable Id parent;

        @QueryParam("status")
        Task.@Nullable Status status;

        @QueryParam("assignee")
        @Nullable
        UUID assignee;

        @QueryParam("label")
        Label.@Nullable Id label;

        @QueryParam("priority")
        Task.@Nullable Priority priority;

        @Parameter(
                description = "Due before this date or timestamp. Days are compared when either is a date, so that"
                        + " a timestamp of now finds what is overdue.")
        @Schema(
                implementation = String.class,
                examples = {"2026-12-24", "2026-12-24T17:00:00Z"})
        @QueryParam("dueBefore")
        @Nullable
        String dueBefore;

        @Parameter(description = "Due after this date or timestamp. Days are compared when either is a date.")
        @Schema(
                implementation = String.class,
                examples = {"2026-12-24", "2026-12-24T17:00:00Z"})
        @QueryParam("dueAfter")
        @Nullable
        String dueAfter;

        @Parameter(description = TIME_ZONE)
        @Schema(implementation = String.class, examples = "Europe/Berlin")
        @QueryParam("timeZone")
        @Nullable
        ZoneId timeZone;

        @QueryParam("text")
        @Text(max = 500)
        @Nullable
        String text;

        @QueryParam("archived")
        @Nullable
        Boolean archived;

        @QueryParam("deleted")
        @DefaultValue("false")
        Boolean deleted = false;

        @QueryParam("topLevel")
        @Nullable
        Boolean topLevel;

        @QueryParam("sort")
        @Nullable
        String sort;

        @QueryParam("cursor")
        @Nullable
        String cursor;

        @QueryParam("limit")
        @Nullable
        Integer limit;

        /// By hand within a project, the newest first otherwise.
        String sort() {
            return sort != null ? sort : project != null ? "position" : "-createdAt";
        }

        private static @Nullable DateOrTime dateOrTime(String name, @Nullable String text) {
            DateOrTime value = parsed(name, "A parameter cannot be understood.", text);
            if (value != null && !value.isStorable()) {
                String detail = "Must be in the years 1 to 9999.";
                throw new Refusal.Malformed("invalid", detail, new Problem.FieldError(name, "out-of-range", detail));
            }
            return value;
        }

        TaskFilter filter(ZoneId zone) {
            return new TaskFilter(
                    new TaskFilter.Scope(project, section, parent, topLevel),
                    new TaskFilter.Traits(status, priority, assignee, label, text),
                    new TaskFilter.Due(dateOrTime("?dueBefore", dueBefore), dateOrTime("?dueAfter", dueAfter)),
                    archived,
                    deleted,
                    zone);
        }
    }

    /// @param place where the text was sent
    private static @Nullable DateOrTime parsed(String place, String problem, @Nullable String text) {
        try {
            return text == null ? null : DateOrTime.parse(text);
        } catch (DateTimeException malformed) {
            throw new Refusal.Malformed(
                    "invalid", problem, new Problem.FieldError(place, "wrong-type", DateOrTime.FORMAT));
        }
    }

    private static @Nullable String text(@Nullable DateOrTime value) {
        return value == null ? null : value.text();
    }

    /// What a client may send.
    @Schema(name = "TaskDraft")
    record Draft(
            @NotNull UUID projectId,
            @Nullable UUID sectionId,
            @Nullable UUID parentId,

            @Schema(minLength = 1, maxLength = 500) @NotNull @Text(min = 1, max = 500, name = true)
            String title,

            @Schema(maxLength = 50_000, description = "Markdown") @Text(max = 50_000, lines = true) @Nullable
            String description,

            Task.@Nullable Status status,
            Task.@Nullable Priority priority,

            @Schema(
                    description = START,
                    examples = {"2026-12-24", "2026-12-24T17:00:00Z"})
            @Nullable
            String start,

            @Schema(
                    description = DUE,
                    examples = {"2026-12-24", "2026-12-24T17:00:00Z"})
            @Nullable
            String due,

            @Size(max = Task.MAX_ASSIGNEES) @Nullable List<@NotNull UUID> assignees,
            @Size(max = Task.MAX_LABELS) @Nullable List<@NotNull UUID> labels,
            @Nullable Boolean archived) {

        static Draft of(Task task) {
            Task.Content content = task.content();
            return new Draft(
                    task.project().value(),
                    content.section() == null ? null : content.section().value(),
                    content.parent() == null ? null : content.parent().value(),
                    content.title(),
                    content.description(),
                    content.status(),
                    content.priority(),
                    text(content.start()),
                    text(content.due()),
                    List.copyOf(content.assignees()),
                    content.labels().stream().map(Label.Id::value).toList(),
                    content.archived());
        }

        Task.Content content() {
            return new Task.Content(
                    section(sectionId),
                    task(parentId),
                    Invisible.normalized(title),
                    Objects.requireNonNullElse(description, ""),
                    Objects.requireNonNullElse(status, Task.Status.OPEN),
                    Objects.requireNonNullElse(priority, Task.Priority.NONE),
                    parsed("/start", SHAPE, start),
                    parsed("/due", SHAPE, due),
                    assignees == null ? Set.of() : Set.copyOf(assignees),
                    labels == null
                            ? Set.of()
                            : labels.stream().map(Label.Id::new).collect(Collectors.toSet()),
                    Boolean.TRUE.equals(archived));
        }

        static Section.@Nullable Id section(@Nullable UUID id) {
            return id == null ? null : new Section.Id(id);
        }

        static Task.@Nullable Id task(@Nullable UUID id) {
            return id == null ? null : new Task.Id(id);
        }
    }

    /// Where to move it.
    ///
    /// @param sectionId the section it shall be in; null for none
    /// @param after the task it shall stand behind; null to stand first
    @Schema(name = "TaskMoveTarget")
    record MoveTarget(@Nullable UUID sectionId, @Nullable UUID after) {}

    /// Many changes at once.
    @Schema(name = "TaskChanges")
    record Changes(
            @NotNull @Size(min = 1, max = Job.MAX_ENTRIES) List<@NotNull @Valid Change> changes) {}

    /// One change of many.
    ///
    /// @param version what the client has read; null for any
    /// @param change a merge-patch, as JSON
    @Schema(name = "TaskChange")
    record Change(
            @NotNull UUID id,
            @Nullable Long version,

            @JsonDeserialize(using = JsonObjectText.class) @JsonRawValue @Schema(implementation = Draft.class) @NotNull
            String change) {}

    /// What became of each change, in the order they were sent.
    @Schema(name = "TaskOutcomes")
    record Changed(List<Outcome> items) {}

    /// What became of one change.
    ///
    /// @param task when it succeeded
    /// @param problem when it did not
    @Schema(name = "TaskOutcome")
    record Outcome(
            UUID id,
            int status,
            @Nullable View task,
            @Nullable Problem problem) {}

    /// How many sub-tasks there are.
    @Schema(name = "Subtasks")
    record Subtasks(int total, int done) {}

    /// What a client may see.
    @Schema(name = "TaskView")
    record View(
            UUID id,
            UUID projectId,
            @Nullable UUID sectionId,
            @Nullable UUID parentId,
            String title,
            String description,
            Task.Status status,
            Task.Priority priority,

            @Schema(
                    description = START,
                    examples = {"2026-12-24", "2026-12-24T17:00:00Z"})
            @Nullable
            String start,

            @Schema(
                    description = DUE,
                    examples = {"2026-12-24", "2026-12-24T17:00:00Z"})
            @Nullable
            String due,

            List<UUID> assignees,
            List<UUID> labels,
            boolean archived,
            Subtasks subtasks,
            @Nullable Instant completedAt,
            UUID createdBy,
            Instant createdAt,
            Instant updatedAt,

            @Schema(description = "Who changed it last; null when that is not known.") @Nullable
            UUID updatedBy,

            @Nullable Instant deletedAt,
            String position,
            long version) {

        static View of(Task task) {
            Task.Content content = task.content();
            return new View(
                    task.id().value(),
                    task.project().value(),
                    content.section() == null ? null : content.section().value(),
                    content.parent() == null ? null : content.parent().value(),
                    content.title(),
                    content.description(),
                    content.status(),
                    content.priority(),
                    text(content.start()),
                    text(content.due()),
                    content.assignees().stream().sorted().toList(),
                    content.labels().stream().map(Label.Id::value).sorted().toList(),
                    content.archived(),
                    new Subtasks(task.subtasks().total(), task.subtasks().done()),
                    task.completedAt(),
                    task.createdBy(),
                    task.createdAt(),
                    task.updatedAt(),
                    task.updatedBy(),
                    task.deletedAt(),
                    task.position().key(),
                    task.version());
        }

        /// Assignees and labels count by themselves: they go with the member or the label that goes.
        EntityTag tag() {
            return Version.tag(version, subtasks.total(), subtasks.done(), assignees, labels);
        }
    }
}
