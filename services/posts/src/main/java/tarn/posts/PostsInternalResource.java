package tarn.posts;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import tarn.platform.job.JobRequest;
import tarn.platform.job.JobResult;

/// Internal operations of posts, which the gateway hides from clients: recurring jobs and deletions
/// for worker, comments of imports for tasks.
@Path("/internal/posts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class PostsInternalResource {

    private final PostJobs jobs;
    private final PurgePosts purge;
    private final ImportedPosts imports;

    PostsInternalResource(PostJobs jobs, PurgePosts purge, ImportedPosts imports) {
        this.jobs = jobs;
        this.purge = purge;
        this.imports = imports;
    }

    /// Does a slice of a recurring job.
    @POST
    @Path("jobs/{job}")
    @RolesAllowed("service:worker")
    @Operation(hidden = true)
    public JobResult runJob(@PathParam("job") String job, @Valid @NotNull JobRequest request) {
        return jobs.run(job, request);
    }

    /// Deletes a slice of the posts in projects and on tasks that are gone for good.
    @POST
    @Path("purges")
    @RolesAllowed("service:worker")
    @Operation(hidden = true)
    public JobResult purge(@Valid @NotNull Purged purged) {
        return purge.of(purged.projects(), purged.tasks());
    }

    /// Creates posts of an import, those that are not there, unless it is discarded.
    @POST
    @Path("imported")
    @RolesAllowed("service:tasks")
    @Operation(hidden = true)
    public Posted create(@Valid @NotNull ImportedComments imported) {
        return new Posted(imports.create(
                imported.projectId(),
                imported.authorId(),
                imported.posts().stream()
                        .map(post -> new ImportedPosts.NewComment(
                                new Post.Id(post.id()), post.taskId(), post.writtenAt(), post.body()))
                        .toList()));
    }

    /// Writes the events of a slice of the posts of an import that is done; idempotent.
    @POST
    @Path("imported/announcements")
    @RolesAllowed("service:tasks")
    @Operation(hidden = true)
    public JobResult announce(@Valid @NotNull EndedImport ended) {
        return imports.announce(ended.projectId());
    }

    /// Deletes a slice of the posts of an import that has created nothing, and refuses further ones; idempotent.
    @POST
    @Path("imported/removals")
    @RolesAllowed("service:tasks")
    @Operation(hidden = true)
    public JobResult remove(@Valid @NotNull EndedImport ended) {
        return imports.discard(ended.projectId());
    }

    /// Comments on tasks that an import is about to create.
    record ImportedComments(
            @NotNull UUID projectId,
            @NotNull UUID authorId,
            @NotNull @Size(max = 500) List<@NotNull @Valid ImportedComment> posts) {}

    /// A comment that is written elsewhere.
    ///
    /// @param id made of import and line, so that it is created once
    record ImportedComment(
            @NotNull UUID id,
            @NotNull UUID taskId,
            @NotNull Instant writtenAt,
            @NotNull @Size(min = 1, max = 20_000) String body) {}

    /// Whether posts were created, or the import is discarded.
    record Posted(boolean created) {}

    /// An import that has ended, by its project.
    record EndedImport(@NotNull UUID projectId) {}

    /// Projects and tasks that are gone for good.
    record Purged(
            @NotNull @Size(max = 500) List<@NotNull UUID> projects,
            @NotNull @Size(max = 500) List<@NotNull UUID> tasks) {}
}
