package tarn.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
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
import tarn.platform.http.Idempotency;
import tarn.platform.http.MergePatch;
import tarn.platform.http.Text;
import tarn.platform.http.Version;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;

/// The sections of a project's board over HTTP.
@Path("/api/projects/{id}/sections")
@Tag(name = "projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class SectionResource {

    private final Sections sections;
    private final CurrentCaller caller;
    private final MergePatch patch;
    private final Idempotency idempotency;

    SectionResource(Sections sections, CurrentCaller caller, MergePatch patch, TasksDatabase database) {
        this.sections = sections;
        this.caller = caller;
        this.patch = patch;
        this.idempotency = database.idempotency();
    }

    @GET
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "listSections",
            summary = "SectionList sections, in the order of the board",
            description = "The whole list at once; a project has at most 500.")
    public SectionList list(@PathParam("id") Project.Id project) {
        return new SectionList(
                sections.of(caller.get(), project).stream().map(View::of).toList());
    }

    @POST
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "createSection",
            summary = "Create a section at the end of the board",
            description = "Editors and owners may.")
    @ProblemCodes("409 too-many-sections")
    @APIResponseSchema(value = View.class, responseCode = "201")
    public Response create(
            @PathParam("id") Project.Id project,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Valid @NotNull Draft draft) {
        Caller user = caller.get();
        String path = "/api/projects/" + project.value() + "/sections";
        return idempotency.once(user, key, "POST " + path, draft, () -> {
            Section section = sections.create(user, project, draft.content());
            return Response.created(URI.create(path + '/' + section.id().value()))
                    .entity(View.of(section))
                    .tag(Version.tag(section.version()))
                    .build();
        });
    }

    @PATCH
    @Path("/{sectionId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "changeSection",
            summary = "Rename, archive or bring back a section",
            description = "A merge-patch: what is not sent stays.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Draft.class)))
    @APIResponseSchema(View.class)
    public RestResponse<View> change(
            @PathParam("id") Project.Id project,
            @PathParam("sectionId") Section.Id id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull ObjectNode changes) {
        return answer(sections.change(
                caller.get(),
                project,
                id,
                Version.expected(ifMatch),
                content -> patch.apply(Draft.of(content), changes).content()));
    }

    @PUT
    @Path("/{sectionId}/position")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "moveSection",
            summary = "Move a section behind another, or to the front",
            description = "`after` names the section it shall stand behind; without it, it stands first.")
    @ProblemCodes("422 unknown")
    @APIResponseSchema(View.class)
    public RestResponse<View> move(
            @PathParam("id") Project.Id project,
            @PathParam("sectionId") Section.Id id,
            @Valid @NotNull SectionTarget place) {
        UUID after = place.after();
        return answer(sections.move(caller.get(), project, id, after == null ? null : new Section.Id(after)));
    }

    @DELETE
    @Path("/{sectionId}")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "deleteSection",
            summary = "Delete an empty section",
            description = "One that has tasks cannot be deleted: move them, or archive the section. Tasks in "
                    + "the trash come back without a section. It can be restored for 30 days.")
    @ProblemCodes("409 section-not-empty")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(@PathParam("id") Project.Id project, @PathParam("sectionId") Section.Id id) {
        sections.delete(caller.get(), project, id);
    }

    @PUT
    @Path("/{sectionId}/restoration")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "restoreSection",
            summary = "Bring a deleted section back",
            description = "Editors and owners may, for 30 days. It stands where it was, or last when another stands "
                    + "there. Tasks that were in it in the trash, and are in no other section, are in it again.")
    @ProblemCodes("409 too-many-sections")
    @APIResponseSchema(View.class)
    public RestResponse<View> restore(@PathParam("id") Project.Id project, @PathParam("sectionId") Section.Id id) {
        return answer(sections.restore(caller.get(), project, id));
    }

    private static RestResponse<View> answer(Section section) {
        return Version.ok(View.of(section), Version.tag(section.version()));
    }

    /// A section as a client sends it.
    @Schema(name = "SectionDraft")
    record Draft(
            @Schema(minLength = 1, maxLength = 300) @NotNull @Text(min = 1, max = 300, name = true)
            String name,

            @Nullable Boolean archived) {

        static Draft of(Section.Content content) {
            return new Draft(content.name(), content.archived());
        }

        Section.Content content() {
            return new Section.Content(Invisible.normalized(name), Boolean.TRUE.equals(archived));
        }
    }

    /// Where to move a section.
    ///
    /// @param after the section to follow; null for the first position
    @Schema(name = "SectionMoveTarget")
    record SectionTarget(@Nullable UUID after) {}

    /// The whole list.
    @Schema(name = "SectionList")
    record SectionList(List<View> items) {}

    /// A section as a client sees it.
    @Schema(name = "SectionView")
    record View(
            UUID id,
            String name,
            boolean archived,

            @Schema(description = "When it was changed last; null when that is not known.") @Nullable
            Instant updatedAt,

            @Schema(description = "Who changed it last; null when that is not known.") @Nullable
            UUID updatedBy,

            long version) {

        static View of(Section section) {
            return new View(
                    section.id().value(),
                    section.content().name(),
                    section.content().archived(),
                    section.updatedAt(),
                    section.updatedBy(),
                    section.version());
        }
    }
}
