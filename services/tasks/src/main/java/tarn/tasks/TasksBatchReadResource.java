package tarn.tasks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import tarn.platform.TimeZones;
import tarn.platform.http.BatchReads;
import tarn.platform.http.Page;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.OnBehalfOf;

/// Internal batch of reads for one level of a GraphQL query; each read has the response and the
/// rights of its REST operation.
@Path("/internal/tasks/reads")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("service:gateway")
public final class TasksBatchReadResource {

    private final OnBehalfOf onBehalfOf;
    private final ObjectMapper mapper;
    private final Projects projects;
    private final Members members;
    private final Sections sections;
    private final Labels labels;
    private final Tasks tasks;
    private final Items items;

    TasksBatchReadResource(
            OnBehalfOf onBehalfOf,
            ObjectMapper mapper,
            Projects projects,
            Members members,
            Sections sections,
            Labels labels,
            Tasks tasks,
            Items items) {
        this.onBehalfOf = onBehalfOf;
        this.mapper = mapper;
        this.projects = projects;
        this.members = members;
        this.sections = sections;
        this.labels = labels;
        this.tasks = tasks;
        this.items = items;
    }

    @POST
    @Operation(hidden = true)
    public BatchReads read(
            @HeaderParam(OnBehalfOf.HEADER) @Nullable String user, @Valid @NotNull BatchReadRequest wanted) {
        Caller caller = onBehalfOf.caller(user, "tasks:read");
        return BatchReads.of(wanted.reads(), mapper, read -> body(caller, read));
    }

    private Object body(Caller caller, Read read) {
        return switch (read.kind()) {
            case PROJECT -> ProjectResource.View.of(projects.project(caller, read.project()));
            case PROJECTS ->
                projects.of(caller, read.text(), null, false, read.sort("name"), read.cursor(), read.limit())
                        .map(ProjectResource.View::of);
            case MEMBERS -> all(members.of(caller, read.project()).stream().map(MemberResource.View::of));
            case SECTIONS -> all(sections.of(caller, read.project()).stream().map(SectionResource.View::of));
            case LABELS -> all(labels.of(caller, read.project()).stream().map(LabelResource.View::of));
            case TASK -> TaskResource.View.of(tasks.presentTask(caller, new Task.Id(read.id())));
            case TASKS ->
                tasks.of(caller, read.filter(read.zone(caller)), read.sort("position"), read.cursor(), read.limit())
                        .map(TaskResource.View::of);
            case SUBTASKS ->
                tasks.of(caller, read.below(read.zone(caller)), read.sort("position"), read.cursor(), read.limit())
                        .map(TaskResource.View::of);
            case ITEM -> ItemResource.View.of(items.presentItem(caller, new Item.Id(read.id())));
            case ITEMS ->
                items.of(
                                caller,
                                new ItemStore.Filter(read.project(), false, read.text(), false),
                                read.sort("createdAt"),
                                read.cursor(),
                                read.limit())
                        .map(ItemResource.View::of);
            case SUMS ->
                new ItemResource.Sums(items.sums(caller, read.project()).stream()
                        .map(ItemResource.Sum::of)
                        .toList());
        };
    }

    private static <T> Page<T> all(Stream<T> items) {
        return new Page<>(items.toList(), null);
    }

    /// What shall be read.
    record BatchReadRequest(@NotNull @Size(max = 1_000) List<@NotNull @Valid Read> reads) {}

    /// What one read gives.
    enum Kind {
        PROJECT,
        PROJECTS,
        MEMBERS,
        SECTIONS,
        LABELS,
        TASK,
        TASKS,
        SUBTASKS,
        ITEM,
        ITEMS,
        SUMS
    }

    /// One read.
    ///
    /// @param id of the one thing, or of what a list belongs to
    /// @param sort null for the usual order
    record Read(
            @NotNull Kind kind,
            @NotNull UUID id,
            @Nullable String text,
            Task.@Nullable Status status,
            @Nullable String sort,
            @Nullable String timeZone,
            @Nullable String cursor,
            @Nullable Integer limit) {

        Project.Id project() {
            return new Project.Id(id);
        }

        String sort(String usual) {
            return Objects.requireNonNullElse(sort, usual);
        }

        /// @throws Refusal.Malformed when there is no such time zone
        ZoneId zone(Caller caller) {
            if (timeZone == null) {
                return caller.timeZone();
            }
            ZoneId named = TimeZones.named(timeZone);
            if (named == null) {
                throw new Refusal.Malformed(
                        "invalid",
                        "A parameter cannot be understood.",
                        new Problem.FieldError("?timeZone", "invalid", TimeZones.UNKNOWN));
            }
            return named;
        }

        /// The tasks of a project that are not archived.
        TaskFilter filter(ZoneId zone) {
            return new TaskFilter(
                    TaskFilter.Scope.of(project()),
                    TaskFilter.Traits.of(status, text),
                    TaskFilter.Due.ANY,
                    false,
                    false,
                    zone);
        }

        /// The sub-tasks of a task.
        TaskFilter below(ZoneId zone) {
            return new TaskFilter(
                    TaskFilter.Scope.below(new Task.Id(id)),
                    TaskFilter.Traits.of(status, text),
                    TaskFilter.Due.ANY,
                    null,
                    false,
                    zone);
        }
    }
}
