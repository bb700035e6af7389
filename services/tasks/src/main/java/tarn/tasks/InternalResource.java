package tarn.tasks;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

/// What only Tarn's own services may ask, each what it is named for. The gateway lets none of it in from outside.
@Path("/internal/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class InternalResource {

    private final Members members;

    InternalResource(Members members) {
        this.members = members;
    }

    /// Takes a user out of every project.
    @DELETE
    @Path("memberships/{userId}")
    @RolesAllowed("service:identity")
    @Operation(hidden = true)
    public void removeEverywhere(@PathParam("userId") UUID user) {
        members.removeEverywhere(user);
    }

    /// What a user may do in a project, or where a task is.
    @GET
    @Path("memberships/{userId}")
    @RolesAllowed("service:posts")
    @Operation(hidden = true)
    public ProjectAccess access(
            @PathParam("userId") UUID user,
            @QueryParam("project") Project.@Nullable Id project,
            @QueryParam("task") Task.@Nullable Id task) {
        if (project != null && task == null) {
            return new ProjectAccess(null, project.value(), members.role(user, project));
        }
        if (task != null && project == null) {
            return members.accesses(user, List.of(task)).stream()
                    .findFirst()
                    .map(ProjectAccess::of)
                    .orElseThrow(() -> new Refusal.NotFound("task"));
        }
        String detail = "Give exactly one of project and task.";
        throw new Refusal.Malformed("invalid", detail, new Problem.FieldError("?project", "invalid", detail));
    }

    /// Of some tasks those that a user sees.
    @POST
    @Path("memberships/{userId}/tasks")
    @RolesAllowed("service:posts")
    @Operation(hidden = true)
    public Page<ProjectAccess> accesses(@PathParam("userId") UUID user, @Valid @NotNull IdsRequest asked) {
        List<Task.Id> tasks = asked.tasks().stream().map(Task.Id::new).toList();
        return new Page<>(
                members.accesses(user, tasks).stream().map(ProjectAccess::of).toList(), null);
    }

    /// Everybody in a project.
    @GET
    @Path("projects/{id}/members")
    @RolesAllowed("service:posts")
    @Operation(hidden = true)
    public Page<MemberResource.View> members(@PathParam("id") Project.Id project) {
        return new Page<>(
                members.everybody(project).stream().map(MemberResource.View::of).toList(), null);
    }

    /// What a user may do.
    ///
    /// @param task which was asked about; null when it was a project
    record ProjectAccess(@Nullable UUID task, UUID project, Project.Role role) {
        static ProjectAccess of(MemberStore.TaskAccess access) {
            return new ProjectAccess(access.task().value(), access.project().value(), access.role());
        }
    }

    /// Which tasks a user would see.
    record IdsRequest(@NotNull @Size(max = 1_000) List<@NotNull UUID> tasks) {}
}
