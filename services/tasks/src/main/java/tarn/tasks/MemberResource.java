package tarn.tasks;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.security.CurrentCaller;

/// The members of a project over HTTP.
@Path("/api/projects/{id}/members")
@Tag(name = "projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class MemberResource {

    private final Members members;
    private final CurrentCaller caller;

    MemberResource(Members members, CurrentCaller caller) {
        this.members = members;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "listMembers",
            summary = "Who is in a project",
            description = "The whole list at once, with the role of each.")
    public MemberList list(@PathParam("id") Project.Id project) {
        return new MemberList(
                members.of(caller.get(), project).stream().map(View::of).toList());
    }

    @PUT
    @Path("/{userId}")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "putMember",
            summary = "Add a user, or change what one may do",
            description = "Only owners may. A user who is a member already gets the new role. Every other user must be "
                    + "one whom the caller finds in the list of users, or is not found, and an account that is not "
                    + "closed.")
    @ProblemCodes("409 account-closed, last-owner, too-many-members")
    public View put(@PathParam("id") Project.Id project, @PathParam("userId") UUID user, @Valid @NotNull Draft draft) {
        return View.of(members.put(caller.get(), project, user, draft.role()));
    }

    @DELETE
    @Path("/{userId}")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "removeMember",
            summary = "Take a user out of a project, or leave it",
            description = "Owners may remove any member, and every member may leave. Assignments to tasks of the "
                    + "project go along. For 30 days an owner can restore both.")
    @ProblemCodes("409 last-owner")
    @APIResponse(responseCode = "204", description = "The user is no longer a member")
    public void remove(@PathParam("id") Project.Id project, @PathParam("userId") UUID user) {
        members.remove(caller.get(), project, user);
    }

    @PUT
    @Path("/{userId}/restoration")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "restoreMember",
            summary = "Give a user who was taken out the role and the assignments back",
            description = "Only owners may, for 30 days. Assignments come back where the tasks still are. A member "
                    + "keeps a higher role; for a member of whom nothing was taken, nothing changes.")
    @ProblemCodes("409 too-many-members")
    public View restore(@PathParam("id") Project.Id project, @PathParam("userId") UUID user) {
        return View.of(members.restore(caller.get(), project, user));
    }

    /// A membership as a client sends it.
    @Schema(name = "MemberDraft")
    record Draft(@NotNull Project.Role role) {}

    /// The whole list.
    @Schema(name = "MemberList")
    record MemberList(List<View> items) {}

    /// A membership as a client sees it.
    @Schema(name = "MemberView")
    record View(UUID userId, Project.Role role, Instant addedAt) {
        static View of(Member member) {
            return new View(member.userId(), member.role(), member.addedAt());
        }
    }
}
