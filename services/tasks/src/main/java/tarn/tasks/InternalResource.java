package tarn.tasks;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Idempotency;
import tarn.platform.http.Page;
import tarn.platform.job.JobRequest;
import tarn.platform.job.JobResult;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.security.CurrentCaller;

/// Internal operations of tasks, which the gateway hides from clients: who is a member of what for
/// identity, posts and worker, departures and invited members for identity, recurring jobs for
/// worker.
@Path("/internal/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class InternalResource {

    private final Members members;
    private final Projects projects;
    private final Idempotency idempotency;
    private final CurrentCaller caller;
    private final TaskJobs jobs;
    private final ImportRunner imports;

    InternalResource(
            Members members,
            Projects projects,
            TasksDatabase database,
            CurrentCaller caller,
            TaskJobs jobs,
            ImportRunner imports) {
        this.members = members;
        this.projects = projects;
        this.idempotency = database.idempotency();
        this.caller = caller;
        this.jobs = jobs;
        this.imports = imports;
    }

    /// Removes a user from all projects.
    @DELETE
    @Path("memberships/{userId}")
    @RolesAllowed("service:identity")
    @Operation(hidden = true)
    public void removeEverywhere(@PathParam("userId") UUID user) {
        members.removeEverywhere(user);
        imports.wake();
    }

    /// A user's role in a project, or in the project of a task.
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

    /// A user's roles for the given tasks; tasks the user may not see are left out.
    @POST
    @Path("memberships/{userId}/tasks")
    @RolesAllowed("service:posts")
    @Operation(hidden = true)
    public Page<ProjectAccess> accesses(@PathParam("userId") UUID user, @Valid @NotNull IdsRequest asked) {
        List<Task.Id> tasks = asked.tasks().stream().map(Task.Id::new).toList();
        return new Page<>(
                members.accesses(user, tasks).stream().map(ProjectAccess::of).toList(), null);
    }

    /// The projects that a user is a member of, including those in the trash.
    @GET
    @Path("memberships/{userId}/projects")
    @RolesAllowed("service:worker")
    @Operation(hidden = true)
    public ProjectIds projectsOf(@PathParam("userId") UUID user) {
        return new ProjectIds(members.projects(user));
    }

    /// The other users with whom a user shares a project; at most 10,000.
    @GET
    @Path("memberships/{userId}/colleagues")
    @RolesAllowed("service:identity")
    @Operation(hidden = true)
    public ColleagueIds colleagues(@PathParam("userId") UUID user) {
        return new ColleagueIds(members.colleagues(user));
    }

    /// Those of the given users who are or were members of a project that a user is a member of.
    @POST
    @Path("memberships/{userId}/acquaintances")
    @RolesAllowed("service:identity")
    @Operation(hidden = true)
    public ColleagueIds acquaintances(@PathParam("userId") UUID user, @Valid @NotNull ColleagueIds asked) {
        return new ColleagueIds(List.copyOf(members.acquaintances(user, asked.ids())));
    }

    /// A user's role in a project, with the project's name.
    @GET
    @Path("projects/{id}/members/{userId}")
    @RolesAllowed("service:identity")
    @Operation(hidden = true)
    public NamedMembership membership(@PathParam("id") Project.Id project, @PathParam("userId") UUID user) {
        Project found = projects.project(user, project);
        return new NamedMembership(found.content().name(), found.role());
    }

    /// Adds an invited user as member.
    @POST
    @Path("projects/{id}/members")
    @RolesAllowed("service:identity")
    @Operation(hidden = true)
    public Response admit(
            @PathParam("id") Project.Id project,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Valid @NotNull AdmissionRequest admission) {
        return idempotency.once(
                caller.get(),
                key,
                "POST /internal/tasks/projects/" + project.value() + "/members",
                admission,
                () -> Response.ok(MemberResource.View.of(
                                members.admit(project, admission.userId(), admission.role(), admission.invitedBy())))
                        .build());
    }

    /// The members of a project.
    @GET
    @Path("projects/{id}/members")
    @RolesAllowed("service:posts")
    @Operation(hidden = true)
    public Page<MemberResource.View> members(@PathParam("id") Project.Id project) {
        return new Page<>(
                members.everybody(project).stream().map(MemberResource.View::of).toList(), null);
    }

    /// Does a slice of a recurring job.
    @POST
    @Path("jobs/{job}")
    @RolesAllowed("service:worker")
    @Operation(hidden = true)
    public JobResult runJob(@PathParam("job") String job, @Valid @NotNull JobRequest request) {
        return jobs.run(job, request);
    }

    /// A user's project and role.
    ///
    /// @param task the task asked for; null for a project
    record ProjectAccess(@Nullable UUID task, UUID project, Project.Role role) {
        static ProjectAccess of(MemberStore.TaskAccess access) {
            return new ProjectAccess(access.task().value(), access.project().value(), access.role());
        }
    }

    /// A user's role in a project, with its name.
    record NamedMembership(String projectName, Project.Role role) {}

    /// The user to add as member.
    ///
    /// @param invitedBy an owner of the project
    record AdmissionRequest(
            @NotNull UUID userId,
            @NotNull Project.Role role,
            @NotNull UUID invitedBy) {}

    /// Projects of a user.
    record ProjectIds(List<UUID> ids) {}

    /// The users asked about, and of them those to whom it applies.
    record ColleagueIds(@NotNull @Size(max = 1_000) List<@NotNull UUID> ids) {}

    /// The tasks to look up.
    record IdsRequest(@NotNull @Size(max = 1_000) List<@NotNull UUID> tasks) {}
}
