package tarn.posts;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import tarn.platform.database.Keyset;
import tarn.platform.http.BatchReads;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.OnBehalfOf;

/// Answers a batch of reads for one level of a GraphQL query, each with the result and rights of
/// its REST operation.
@Path("/internal/posts/reads")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("service:gateway")
public final class PostsBatchReadResource {

    private final OnBehalfOf onBehalfOf;
    private final ObjectMapper mapper;
    private final Posts posts;

    PostsBatchReadResource(OnBehalfOf onBehalfOf, ObjectMapper mapper, Posts posts) {
        this.onBehalfOf = onBehalfOf;
        this.mapper = mapper;
        this.posts = posts;
    }

    @POST
    @Operation(hidden = true)
    public BatchReads read(
            @HeaderParam(OnBehalfOf.HEADER) @Nullable String user, @Valid @NotNull BatchReadRequest wanted) {
        Caller caller = onBehalfOf.caller(user, "posts:read");
        Map<BatchRead, Page<Post>> threads = threads(caller, wanted.reads());
        return BatchReads.of(wanted.reads(), mapper, read -> body(caller, read, threads));
    }

    /// Reads the first comments of all tasks in the batch with one query.
    private Map<BatchRead, Page<Post>> threads(Caller caller, List<BatchRead> reads) {
        Map<Integer, List<BatchRead>> byLength =
                reads.stream().filter(BatchRead::isThread).collect(Collectors.groupingBy(BatchRead::most));
        Map<BatchRead, Page<Post>> threads = new HashMap<>();
        byLength.forEach((length, some) -> {
            Map<UUID, Page<Post>> found =
                    posts.threads(caller, some.stream().map(BatchRead::id).toList(), length);
            for (BatchRead read : some) {
                Page<Post> thread = found.get(read.id());
                if (thread != null) {
                    threads.put(read, thread);
                }
            }
        });
        return threads;
    }

    private Object body(Caller caller, BatchRead read, Map<BatchRead, Page<Post>> threads) {
        if (read.isThread()) {
            Page<Post> thread = threads.get(read);
            if (thread == null) {
                throw new Refusal.NotFound("task");
            }
            return thread.map(PostResource.View::of);
        }
        return switch (read.kind()) {
            case POST -> PostResource.View.of(posts.presentPost(caller, new Post.Id(read.id())));
            case OF_PROJECT -> page(caller, read, new Subject.OfProject(read.id()), "-publishedAt");
            case OF_TASK -> page(caller, read, new Subject.OfTask(read.id()), Posts.OLDEST_FIRST);
            case REPLIES -> page(caller, read, new Subject.OfPost(new Post.Id(read.id())), Posts.OLDEST_FIRST);
        };
    }

    private Page<PostResource.View> page(Caller caller, BatchRead read, Subject subject, String sort) {
        return posts.of(caller, subject, Post.State.PUBLISHED, null, null, false, sort, read.cursor(), read.limit())
                .map(PostResource.View::of);
    }

    /// At most 1,000 reads.
    record BatchReadRequest(@NotNull @Size(max = 1_000) List<@NotNull @Valid BatchRead> reads) {}

    /// The resource or list to read.
    enum Kind {
        POST,
        OF_PROJECT,
        OF_TASK,
        REPLIES
    }

    /// A read.
    ///
    /// @param id of the post, or of the owner of a list
    record BatchRead(
            @NotNull Kind kind,
            @NotNull UUID id,
            @Nullable String cursor,
            @Nullable Integer limit) {

        /// Whether it reads the first comments of a task.
        boolean isThread() {
            return kind == Kind.OF_TASK && cursor == null;
        }

        int most() {
            return limit == null ? Keyset.DEFAULT_LIMIT : limit;
        }
    }
}
