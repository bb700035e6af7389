package tarn.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import tarn.platform.Invisible;
import tarn.platform.TimeZones;
import tarn.platform.http.Idempotency;
import tarn.platform.http.MergePatch;
import tarn.platform.http.Page;
import tarn.platform.http.Text;
import tarn.platform.http.Version;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;

/// Projects over HTTP.
@Path("/api/projects")
@Tag(name = "projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class ProjectResource {

    private static final String ZONE =
            "Where days begin and end for work that nobody asked for; at first that of whoever created the project.";

    private static final String EMOJI = "A single emoji that is shown before the name; null for none.";

    private final Projects projects;
    private final CurrentCaller caller;
    private final MergePatch patch;
    private final Idempotency idempotency;

    ProjectResource(Projects projects, CurrentCaller caller, MergePatch patch, TasksDatabase database) {
        this.projects = projects;
        this.caller = caller;
        this.patch = patch;
        this.idempotency = database.idempotency();
    }

    @GET
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "listProjects",
            summary = "The caller's projects",
            description = "Those that the caller is a member of. Those in the trash are left out unless they "
                    + "are asked for.")
    public Page<View> list(
            @QueryParam("text") @Text(max = 500) @Nullable String text,
            @QueryParam("archived") @Nullable Boolean archived,
            @QueryParam("deleted") @DefaultValue("false") Boolean deleted,
            @QueryParam("sort") @DefaultValue("name") String sort,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        return projects.of(caller.get(), text, archived, deleted, sort, cursor, limit)
                .map(View::of);
    }

    @POST
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "createProject",
            summary = "Create a project; the caller owns it",
            description = "Its time zone is that of the caller unless another one is sent.")
    @APIResponseSchema(value = View.class, responseCode = "201")
    public Response create(@HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull Draft draft) {
        Caller user = caller.get();
        return idempotency.once(user, key, "POST /api/projects", draft, () -> {
            Project project = projects.create(user, draft.content(user.timeZone()));
            return Response.created(URI.create("/api/projects/" + project.id().value()))
                    .entity(View.of(project))
                    .tag(View.tag(project))
                    .build();
        });
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "readProject",
            summary = "One project",
            description = "With the caller's role and how many tasks it has.")
    @APIResponseSchema(View.class)
    public RestResponse<View> read(@PathParam("id") Project.Id id) {
        return answer(projects.project(caller.get(), id));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "changeProject",
            summary = "Change what is sent, leave the rest",
            description = "A merge-patch: what is not sent stays. Only owners may.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Draft.class)))
    @APIResponseSchema(View.class)
    public RestResponse<View> change(
            @PathParam("id") Project.Id id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull ObjectNode changes) {
        return answer(projects.change(
                caller.get(),
                id,
                Version.expected(ifMatch),
                content -> patch.apply(Draft.of(content), changes).content(TimeZones.UTC)));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "deleteProject",
            summary = "Put a project in the trash",
            description = "Only owners may. It can be restored with everything in it.")
    @APIResponse(responseCode = "204", description = "It is in the trash")
    public void delete(@PathParam("id") Project.Id id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        projects.delete(caller.get(), id, Version.expected(ifMatch));
    }

    @PUT
    @Path("/{id}/restoration")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "restoreProject",
            summary = "Take a project out of the trash",
            description = "Only owners may. A project that is not in the trash stays as it is.")
    @APIResponseSchema(View.class)
    public RestResponse<View> restore(@PathParam("id") Project.Id id) {
        return answer(projects.restore(caller.get(), id));
    }

    private static RestResponse<View> answer(Project project) {
        return Version.ok(View.of(project), View.tag(project));
    }

    /// A project as a client sends it.
    @Schema(name = "ProjectDraft")
    record Draft(
            @Schema(minLength = 1, maxLength = 200) @NotNull @Text(min = 1, max = 200, name = true)
            String name,

            @Schema(maxLength = 20_000) @Text(max = 20_000, lines = true) @Nullable
            String description,

            @Nullable Color color,

            @Schema(maxLength = Emoji.MAX_LENGTH, examples = "🏔️", description = EMOJI) @Nullable
            String emoji,

            @Nullable Boolean archived,

            @Schema(maxLength = 64, examples = "Europe/Berlin", description = ZONE) @Text(min = 1, max = 64) @Nullable
            String timeZone) {

        static Draft of(Project.Content content) {
            return new Draft(
                    content.name(),
                    content.description(),
                    content.color(),
                    content.emoji(),
                    content.archived(),
                    content.timeZone().getId());
        }

        /// @param usual the time zone when none is sent
        Project.Content content(ZoneId usual) {
            ZoneId zone = timeZone == null ? usual : TimeZones.named(timeZone);
            if (zone == null) {
                throw new Refusal.Invalid("/timeZone", "invalid", TimeZones.UNKNOWN);
            }
            if (emoji != null && !Emoji.isOne(emoji)) {
                throw new Refusal.Invalid("/emoji", "invalid", "Must be a single emoji.");
            }
            return new Project.Content(
                    Invisible.normalized(name),
                    Objects.requireNonNullElse(description, ""),
                    Objects.requireNonNullElse(color, Project.USUAL_COLOR),
                    emoji,
                    Boolean.TRUE.equals(archived),
                    zone);
        }
    }

    /// A project as a client sees it.
    @Schema(name = "ProjectView")
    record View(
            UUID id,
            String name,
            String description,

            Color color,

            @Schema(maxLength = Emoji.MAX_LENGTH, examples = "🏔️", description = EMOJI) @Nullable
            String emoji,

            boolean archived,

            @Schema(examples = "Europe/Berlin", description = ZONE)
            String timeZone,

            Project.Role role,

            @Schema(description = "Of the first 10,000 of the board, those that are not archived.")
            int openTasks,

            @Schema(description = "Of the first 10,000 of the board, those that are not archived.")
            int doneTasks,

            @Schema(description = "Whether there may be more tasks than the 10,000 that were counted.")
            boolean countsCapped,

            Instant createdAt,
            Instant updatedAt,

            @Schema(description = "Who changed it last; null when that is not known.") @Nullable
            UUID updatedBy,

            @Nullable Instant deletedAt,
            long version) {

        static View of(Project project) {
            return new View(
                    project.id().value(),
                    project.content().name(),
                    project.content().description(),
                    project.content().color(),
                    project.content().emoji(),
                    project.content().archived(),
                    project.content().timeZone().getId(),
                    project.role(),
                    project.openTasks(),
                    project.doneTasks(),
                    project.countsCapped(),
                    project.createdAt(),
                    project.updatedAt(),
                    project.updatedBy(),
                    project.deletedAt(),
                    project.version());
        }

        static EntityTag tag(Project project) {
            return Version.tag(
                    project.version(),
                    project.role().name(),
                    project.openTasks(),
                    project.doneTasks(),
                    project.countsCapped());
        }
    }
}
