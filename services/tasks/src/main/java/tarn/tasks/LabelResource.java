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
import tarn.platform.http.Idempotency;
import tarn.platform.http.MergePatch;
import tarn.platform.http.Text;
import tarn.platform.http.Version;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;

/// The labels of a project over HTTP.
@Path("/api/projects/{id}/labels")
@Tag(name = "projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class LabelResource {

    private final Labels labels;
    private final CurrentCaller caller;
    private final MergePatch patch;
    private final Idempotency idempotency;

    LabelResource(Labels labels, CurrentCaller caller, MergePatch patch, TasksDatabase database) {
        this.labels = labels;
        this.caller = caller;
        this.patch = patch;
        this.idempotency = database.idempotency();
    }

    @GET
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "listLabels",
            summary = "LabelList labels, by name",
            description = "The whole list at once; a project has at most 1,000.")
    public LabelList list(@PathParam("id") Project.Id project) {
        return new LabelList(
                labels.of(caller.get(), project).stream().map(View::of).toList());
    }

    @POST
    @RolesAllowed("tasks:write")
    @Operation(operationId = "createLabel", summary = "Create a label", description = "Editors and owners may.")
    @ProblemCodes("409 too-many-labels")
    @APIResponseSchema(value = View.class, responseCode = "201")
    public Response create(
            @PathParam("id") Project.Id project,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Valid @NotNull Draft draft) {
        Caller user = caller.get();
        String path = "/api/projects/" + project.value() + "/labels";
        return idempotency.once(user, key, "POST " + path, draft, () -> {
            Label label = labels.create(user, project, draft.content());
            return Response.created(URI.create(path + '/' + label.id().value()))
                    .entity(View.of(label))
                    .tag(Version.tag(label.version()))
                    .build();
        });
    }

    @PATCH
    @Path("/{labelId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "changeLabel",
            summary = "Change what is sent, leave the rest",
            description = "A merge-patch: what is not sent stays.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Draft.class)))
    @APIResponseSchema(View.class)
    public RestResponse<View> change(
            @PathParam("id") Project.Id project,
            @PathParam("labelId") Label.Id id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull ObjectNode changes) {
        return answer(labels.change(
                caller.get(),
                project,
                id,
                Version.expected(ifMatch),
                content -> patch.apply(Draft.of(content), changes).content()));
    }

    @DELETE
    @Path("/{labelId}")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "deleteLabel",
            summary = "Delete a label from the project and from every task",
            description = "It can be restored for 30 days.")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(@PathParam("id") Project.Id project, @PathParam("labelId") Label.Id id) {
        labels.delete(caller.get(), project, id);
    }

    @PUT
    @Path("/{labelId}/restoration")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "restoreLabel",
            summary = "Bring a deleted label back, also to its tasks",
            description = "Editors and owners may, for 30 days. It comes back to the tasks that still are there.")
    @ProblemCodes("409 too-many-labels")
    @APIResponseSchema(View.class)
    public RestResponse<View> restore(@PathParam("id") Project.Id project, @PathParam("labelId") Label.Id id) {
        return answer(labels.restore(caller.get(), project, id));
    }

    private static RestResponse<View> answer(Label label) {
        return Version.ok(View.of(label), Version.tag(label.version()));
    }

    /// A label as a client sends it.
    @Schema(name = "LabelDraft")
    record Draft(
            @Schema(maxLength = 100) @Text(max = 100, name = true) @Nullable
            String name,

            @NotNull Color color) {

        static Draft of(Label.Content content) {
            return new Draft(content.name(), content.color());
        }

        Label.Content content() {
            return new Label.Content(Invisible.normalized(Objects.requireNonNullElse(name, "")), color);
        }
    }

    /// The whole list.
    @Schema(name = "LabelList")
    record LabelList(List<View> items) {}

    /// A label as a client sees it.
    @Schema(name = "LabelView")
    record View(
            UUID id,
            String name,
            Color color,

            @Schema(description = "When it was changed last; null when that is not known.") @Nullable
            Instant updatedAt,

            @Schema(description = "Who changed it last; null when that is not known.") @Nullable
            UUID updatedBy,

            long version) {

        static View of(Label label) {
            return new View(
                    label.id().value(),
                    label.content().name(),
                    label.content().color(),
                    label.updatedAt(),
                    label.updatedBy(),
                    label.version());
        }
    }
}
