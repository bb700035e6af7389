package tarn.posts;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Text;
import tarn.platform.search.MatchedText;
import tarn.platform.search.SearchQuery;
import tarn.platform.security.OnBehalfOf;

/// This service's part of a search, for the gateway.
@Path("/internal/posts/search")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("service:gateway")
public final class PostsSearchResource {

    private static final int MAX_TITLE = 200;
    private static final int MAX_EXCERPT = 160;

    private final OnBehalfOf onBehalfOf;
    private final PostSearch search;

    PostsSearchResource(OnBehalfOf onBehalfOf, PostSearch search) {
        this.onBehalfOf = onBehalfOf;
        this.search = search;
    }

    @POST
    @Operation(hidden = true)
    public PostHits find(@HeaderParam(OnBehalfOf.HEADER) @Nullable String user, @Valid @NotNull PostQuery wanted) {
        SearchQuery query = SearchQuery.of(wanted.text());
        PostSearch.FoundPosts found =
                search.find(onBehalfOf.caller(user, "posts:read"), query, wanted.in(), wanted.limit());
        return new PostHits(new PostHitGroup(
                found.items().stream()
                        .map(match -> new PostHit(
                                match.id(),
                                match.project(),
                                Objects.requireNonNull(found.names().get(match.project())),
                                match.task(),
                                match.parent(),
                                match.author(),
                                MatchedText.of(query, match.title(), MAX_TITLE).parts(),
                                MatchedText.excerpt(query, match.body(), MAX_EXCERPT)
                                        .parts()))
                        .toList(),
                found.truncated()));
    }

    /// What is searched for.
    ///
    /// @param in a project; null for everywhere
    record PostQuery(
            @NotNull @Text(max = 500) String text,
            @Nullable UUID in,
            @Min(1) @Max(20) int limit) {}

    /// What was found.
    record PostHits(PostHitGroup posts) {}

    /// Posts, best first.
    record PostHitGroup(List<PostHit> items, boolean truncated) {}

    /// A post, comment or reply.
    record PostHit(
            UUID id,
            UUID projectId,
            String projectName,
            @Nullable UUID taskId,
            @Nullable UUID parentId,
            UUID authorId,
            List<MatchedText.Part> title,
            List<MatchedText.Part> excerpt) {}
}
