package tarn.posts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
import tarn.platform.problem.Problem;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;

/// Posts, comments and replies over HTTP, with their threads, versions and previews.
@Path("/api/posts")
@Tag(name = "posts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class PostResource {

    /// Tasks whose threads are read at once.
    static final int MAX_THREADS = 100;

    /// Comments per thread.
    static final int MAX_THREAD = 50;

    private final Posts posts;
    private final CurrentCaller caller;
    private final MergePatch patch;
    private final Idempotency idempotency;

    PostResource(Posts posts, CurrentCaller caller, MergePatch patch, PostsDatabase database) {
        this.posts = posts;
        this.caller = caller;
        this.patch = patch;
        this.idempotency = database.idempotency();
    }

    @GET
    @RolesAllowed("posts:read")
    @Operation(
            operationId = "listPosts",
            summary = "Posts on a project, comments on a task, or replies to a post: exactly one of these",
            description = "On a project the latest come first, comments and replies from the oldest. Give "
                    + "exactly one of `project`, `task` and `parent`.")
    @ProblemCodes("404 not-found")
    public Page<View> list(@Valid @BeanParam ListParameters wanted) {
        return posts.of(
                        caller.get(),
                        wanted.subject(),
                        Objects.requireNonNullElse(wanted.state, Post.State.PUBLISHED),
                        wanted.author,
                        wanted.text,
                        wanted.deleted,
                        wanted.sort(),
                        wanted.cursor,
                        wanted.limit)
                .map(View::of);
    }

    @GET
    @Path("/threads")
    @RolesAllowed("posts:read")
    @Operation(
            operationId = "listThreads",
            summary = "The first comments of up to a hundred tasks; those the caller does not see are left out",
            description = "For boards and lists that show what is talked about. Each thread has a cursor to "
                    + "go on with in `GET /api/posts`.")
    public Threads threads(
            @Parameter(description = "Ids of tasks, separated by commas") @QueryParam("tasks") @Nullable String tasks,
            @Parameter(description = "The most comments of each, up to 50") @QueryParam("limit") @DefaultValue("10")
                    Integer limit) {
        if (limit < 1 || limit > MAX_THREAD) {
            throw malformed("?limit", "Must be from 1 to " + MAX_THREAD + ".");
        }
        return new Threads(posts.threads(caller.get(), ids(tasks), limit).entrySet().stream()
                .map(thread -> TaskThread.of(thread.getKey(), thread.getValue()))
                .toList());
    }

    private static Set<UUID> ids(@Nullable String text) {
        Set<UUID> ids = new LinkedHashSet<>();
        for (String part : text == null ? new String[0] : text.split(",", MAX_THREADS + 1)) {
            try {
                UUID id = UUID.fromString(part);
                if (id.toString().equalsIgnoreCase(part)) {
                    ids.add(id);
                    continue;
                }
            } catch (IllegalArgumentException malformed) {
                // answered below
            }
            ids.clear();
            break;
        }
        if (ids.isEmpty() || ids.size() > MAX_THREADS) {
            throw malformed("?tasks", "Must be 1 to " + MAX_THREADS + " ids, separated by commas.");
        }
        return ids;
    }

    @POST
    @RolesAllowed("posts:write")
    @Operation(
            operationId = "createPost",
            summary = "Create a post on a project, a comment on a task, or a reply: exactly one of these",
            description = "On a project with `projectId`, on a task with `taskId`, in reply to a post with "
                    + "`parentId`. A draft is seen by its author alone, until it is published.")
    @ProblemCodes({"409 in-trash", "404 not-found", "422 exactly-one, no-title, not-published, too-deep"})
    @APIResponseSchema(value = View.class, responseCode = "201")
    public Response create(@HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull Draft draft) {
        Caller user = caller.get();
        Supplier<Post> before = () -> posts.prepare(user, draft.subject(), draft.content(), draft.state());
        return idempotency.once(user, key, "POST /api/posts", draft, before, drafted -> {
            Post post = posts.create(user, drafted);
            return Response.created(URI.create("/api/posts/" + post.id().value()))
                    .entity(View.of(post))
                    .tag(View.tag(post))
                    .build();
        });
    }

    @POST
    @Path("/renderings")
    @RolesAllowed("posts:write")
    @Operation(
            operationId = "renderPost",
            summary = "See what Markdown becomes; nothing is kept of it",
            description = "The HTML is clean and can be shown as it is. Names after `@` become mentions of "
                    + "the project's members.")
    @ProblemCodes("404 not-found")
    public Rendering render(@Valid @NotNull RenderingDraft draft) {
        return Rendering.of(posts.preview(caller.get(), draft.projectId(), draft.body()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("posts:read")
    @Operation(
            operationId = "readPost",
            summary = "One post, also in the trash for those who may restore it: deletedAt says so",
            description = "With its Markdown and the HTML that it becomes.")
    @APIResponseSchema(View.class)
    public RestResponse<View> read(@PathParam("id") Post.Id id) {
        return answer(posts.post(caller.get(), id));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed("posts:write")
    @Operation(
            operationId = "changePost",
            summary = "Change what is sent, leave the rest; only its author may",
            description = "A merge-patch: what is not sent stays. What a published post said before stays "
                    + "readable among its versions.")
    @ProblemCodes({"409 in-trash", "422 no-title"})
    @RequestBody(content = @Content(schema = @Schema(implementation = WordsDraft.class)))
    @APIResponseSchema(View.class)
    public RestResponse<View> change(
            @PathParam("id") Post.Id id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull ObjectNode changes) {
        return answer(posts.change(
                caller.get(),
                id,
                Version.expected(ifMatch),
                content -> patch.apply(WordsDraft.of(content), changes).content()));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed("posts:write")
    @Operation(
            operationId = "deletePost",
            summary = "Put a post in the trash, out of sight with its replies; its author or an owner may",
            description = "It can be restored.")
    @APIResponse(responseCode = "204", description = "It is in the trash")
    public void delete(@PathParam("id") Post.Id id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        posts.delete(caller.get(), id, Version.expected(ifMatch));
    }

    @PUT
    @Path("/{id}/restoration")
    @RolesAllowed("posts:write")
    @Operation(
            operationId = "restorePost",
            summary = "Take a post out of the trash, with its replies",
            description = "A post that is not in the trash stays as it is.")
    @APIResponseSchema(View.class)
    public RestResponse<View> restore(@PathParam("id") Post.Id id) {
        return answer(posts.restore(caller.get(), id));
    }

    @PUT
    @Path("/{id}/publication")
    @RolesAllowed("posts:write")
    @Operation(
            operationId = "publishPost",
            summary = "Publish a draft; only its author may",
            description = "From then on all members of the project see the post. A published post stays as it is.")
    @ProblemCodes("409 in-trash")
    @APIResponseSchema(View.class)
    public RestResponse<View> publish(@PathParam("id") Post.Id id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return answer(posts.publish(caller.get(), id, Version.expected(ifMatch)));
    }

    @GET
    @Path("/{id}/versions")
    @RolesAllowed("posts:read")
    @Operation(
            operationId = "listPostVersions",
            summary = "The words that a post had before, the latest first",
            description = "A version is kept whenever a published post's words change.")
    public Page<VersionView> versions(
            @PathParam("id") Post.Id id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        return posts.former(caller.get(), id, cursor, limit).map(VersionView::of);
    }

    private static RestResponse<View> answer(Post post) {
        return Version.ok(View.of(post), View.tag(post));
    }

    private static Refusal malformed(String place, String detail) {
        return new Refusal.Malformed(
                "invalid", "A parameter cannot be understood.", new Problem.FieldError(place, "invalid", detail));
    }

    /// Filter, sort and page of a list of posts.
    public static final class ListParameters {
        @QueryParam("project")
        @Nullable
        UUID project;

        @QueryParam("task")
        @Nullable
        UUID task;

        @QueryParam("parent")
        Post.@Nullable Id parent;

        @QueryParam("state")
        Post.@Nullable State state;

        @QueryParam("author")
        @Nullable
        UUID author;

        @QueryParam("text")
        @Text(max = 500)
        @Nullable
        String text;

        @QueryParam("deleted")
        @DefaultValue("false")
        Boolean deleted = false;

        @QueryParam("sort")
        @Nullable
        String sort;

        @QueryParam("cursor")
        @Nullable
        String cursor;

        @QueryParam("limit")
        @Nullable
        Integer limit;

        Subject subject() {
            List<Subject> given = subjects(project, task, parent);
            if (given.size() != 1) {
                throw malformed("?project", "Give exactly one of project, task and parent.");
            }
            return given.getFirst();
        }

        /// Newest first on a project; comments and replies oldest first.
        String sort() {
            return sort != null ? sort : project != null ? "-publishedAt" : Posts.OLDEST_FIRST;
        }
    }

    private static List<Subject> subjects(@Nullable UUID project, @Nullable UUID task, Post.@Nullable Id parent) {
        return Stream.of(
                        project == null ? null : new Subject.OfProject(project),
                        task == null ? null : new Subject.OfTask(task),
                        parent == null ? null : new Subject.OfPost(parent))
                .<Subject>mapMulti((subject, given) -> {
                    if (subject != null) {
                        given.accept(subject);
                    }
                })
                .toList();
    }

    /// A post as a client sends it.
    ///
    /// @param projectId to post on a project; else taskId or parentId
    /// @param draft whether to keep it visible to its author only
    @Schema(name = "PostDraft")
    record Draft(
            @Nullable UUID projectId,
            @Nullable UUID taskId,
            @Nullable UUID parentId,

            @Schema(minLength = 1, maxLength = 200) @Text(min = 1, max = 200, name = true) @Nullable
            String title,

            @Schema(minLength = 1, maxLength = 20_000, description = "Markdown")
            @NotNull
            @Text(min = 1, max = 20_000, lines = true)
            String body,

            @Nullable Boolean draft) {

        Subject subject() {
            List<Subject> given = subjects(projectId, taskId, parentId == null ? null : new Post.Id(parentId));
            if (given.size() != 1) {
                throw new Refusal.Invalid(
                        "/projectId", "exactly-one", "Give exactly one of projectId, taskId and parentId.");
            }
            return given.getFirst();
        }

        Post.Content content() {
            return new WordsDraft(title, body).content();
        }

        Post.State state() {
            return Boolean.TRUE.equals(draft) ? Post.State.DRAFT : Post.State.PUBLISHED;
        }
    }

    /// Title and body of a post.
    @Schema(name = "PostWordsDraft")
    record WordsDraft(
            @Schema(minLength = 1, maxLength = 200) @Text(min = 1, max = 200, name = true) @Nullable
            String title,

            @Schema(minLength = 1, maxLength = 20_000, description = "Markdown")
            @NotNull
            @Text(min = 1, max = 20_000, lines = true)
            String body) {

        static WordsDraft of(Post.Content content) {
            return new WordsDraft(content.title(), content.body());
        }

        Post.Content content() {
            return new Post.Content(title == null ? null : Invisible.normalized(title), body);
        }
    }

    /// Markdown to preview.
    ///
    /// @param projectId whose members can be mentioned; null for none
    @Schema(name = "RenderingDraft")
    record RenderingDraft(
            @Nullable UUID projectId,

            @Schema(maxLength = 20_000, description = "Markdown") @NotNull @Text(max = 20_000, lines = true)
            String body) {}

    /// The HTML of a preview, with its mentions.
    @Schema(name = "Rendering")
    record Rendering(
            @Schema(description = "Can be shown as it is") String html, List<Mentioned> mentions) {
        static Rendering of(RenderedMarkdown rendered) {
            return new Rendering(rendered.html(), Mentioned.all(rendered));
        }
    }

    /// A mentioned user.
    @Schema(name = "Mention")
    record Mentioned(UUID userId, String name) {
        static List<Mentioned> all(RenderedMarkdown rendered) {
            return rendered.mentions().stream()
                    .map(mention -> new Mentioned(mention.userId(), mention.name()))
                    .toList();
        }
    }

    /// The first comments of several tasks.
    @Schema(name = "Threads")
    record Threads(List<TaskThread> items) {}

    /// The first comments of a task.
    ///
    /// @param nextCursor for the list of the task's comments; null at the end
    @Schema(name = "TaskThread")
    record TaskThread(
            UUID taskId, List<View> items, @Nullable String nextCursor) {
        static TaskThread of(UUID task, Page<Post> page) {
            return new TaskThread(task, page.map(View::of).items(), page.nextCursor());
        }
    }

    /// A post as a client sees it.
    @Schema(name = "PostView")
    record View(
            UUID id,
            UUID projectId,
            @Nullable UUID taskId,
            @Nullable UUID parentId,
            UUID authorId,
            @Nullable String title,
            @Schema(description = "Markdown") String body,

            @Schema(description = "What the body becomes; can be shown as it is")
            String html,

            Post.State state,
            List<Mentioned> mentions,
            int replies,
            Instant createdAt,
            @Nullable Instant publishedAt,
            @Nullable Instant editedAt,
            Instant updatedAt,
            @Nullable Instant deletedAt,
            long version) {

        static View of(Post post) {
            Post.PostLocation place = post.place();
            return new View(
                    post.id().value(),
                    place.project(),
                    place.task(),
                    place.parent() == null ? null : place.parent().value(),
                    post.author(),
                    post.content().title(),
                    post.content().body(),
                    post.rendered().html(),
                    post.state(),
                    Mentioned.all(post.rendered()),
                    post.replies(),
                    post.createdAt(),
                    post.publishedAt(),
                    post.editedAt(),
                    post.updatedAt(),
                    post.deletedAt(),
                    post.version());
        }

        static EntityTag tag(Post post) {
            return Version.tag(post.version(), post.replies());
        }
    }

    /// An earlier version of a post's content.
    ///
    /// @param version the last version with this content
    @Schema(name = "PostVersionView")
    record VersionView(long version, @Nullable String title, String body, String html, Instant writtenAt) {
        static VersionView of(Post.Former former) {
            return new VersionView(
                    former.version(),
                    former.content().title(),
                    former.content().body(),
                    former.html(),
                    former.writtenAt());
        }
    }
}
