package tarn.gateway.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.gateway.search.ServiceSearch.Asked;
import tarn.platform.http.Parameters;
import tarn.platform.http.Text;
import tarn.platform.problem.Problem;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.problem.Refusal;

/// Searches the projects, tasks, posts and users that the caller may see: asks their services at the
/// same time, and names the kinds whose service is unavailable.
@Path("/api/search")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Search")
public final class SearchResource {

    private static final int DEFAULT_LIMIT = 5;

    /// Hits of each kind.
    static final int MAX_LIMIT = 20;

    private final ServiceSearch services;
    private final SecurityIdentity identity;
    private final ObjectMapper mapper;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SearchResource(ServiceSearch services, SecurityIdentity identity, ObjectMapper mapper) {
        this.services = services;
        this.identity = identity;
        this.mapper = mapper;
    }

    @GET
    @RolesAllowed({"tasks:read", "posts:read", "users:read"})
    @Operation(
            operationId = "search",
            summary = "Find projects, tasks, posts and users",
            description = "Every word is required, the last may be only begun; case and accents make no "
                    + "difference. Without a scope for it, a kind is left out.")
    @ProblemCodes("404 not-found")
    public SearchResults find(
            @HeaderParam("Authorization") @Parameter(hidden = true) String authorization,
            @Parameter(description = "The words; the first 20 count", required = true)
                    @QueryParam("text")
                    @Text(max = 500)
                    @Nullable
                    String text,
            @Parameter(description = "Only the tasks and posts of this project") @QueryParam("in") @Nullable UUID in,
            @Parameter(
                            description = "The most hits of each kind",
                            schema = @Schema(minimum = "1", maximum = "20", defaultValue = "5"))
                    @QueryParam("limit")
                    @Nullable
                    Integer limit) {
        if (text == null) {
            throw malformed("?text", "Say what to search for.");
        }
        int most = limit == null ? DEFAULT_LIMIT : limit;
        if (most < 1 || most > MAX_LIMIT) {
            throw malformed("?limit", "Must be from 1 to " + MAX_LIMIT + ".");
        }
        Asked asked = new Asked(text, in, most);
        List<ServiceSearch.SearchedService> some = services.by(authorization).stream()
                .filter(service -> identity.hasRole(service.scope()) && (in == null || service.hasProjects()))
                .toList();
        List<CompletableFuture<JsonNode>> answers = some.stream()
                .map(service -> CompletableFuture.supplyAsync(() -> service.find(asked), threads))
                .toList();
        Map<SearchKind, SearchGroup> found = new EnumMap<>(SearchKind.class);
        List<SearchKind> unavailable = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            List<SearchKind> kinds = some.get(i).kinds().stream()
                    .map(kind -> SearchKind.valueOf(kind.toUpperCase(Locale.ROOT)))
                    .toList();
            try {
                JsonNode answer = answers.get(i).join();
                for (SearchKind kind : kinds) {
                    found.put(kind, group(answer.path(Parameters.wireName(kind))));
                }
            } catch (CompletionException failure) {
                refuseUnlessUnavailable(failure);
                unavailable.addAll(kinds);
            }
        }
        return new SearchResults(
                found.get(SearchKind.PROJECTS),
                found.get(SearchKind.TASKS),
                found.get(SearchKind.POSTS),
                found.get(SearchKind.USERS),
                unavailable);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    private SearchGroup group(JsonNode group) {
        try {
            return mapper.treeToValue(group, SearchGroup.class);
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException("No hits: " + group, foreign);
        }
    }

    private static void refuseUnlessUnavailable(CompletionException failure) {
        if (failure.getCause() instanceof Refusal.Unavailable) {
            return;
        }
        if (failure.getCause() instanceof Refusal refusal) {
            throw refusal;
        }
        throw failure;
    }

    private static Refusal malformed(String place, String detail) {
        return new Refusal.Malformed(
                "invalid", "A parameter cannot be understood.", new Problem.FieldError(place, "invalid", detail));
    }

    /// What was found.
    ///
    /// @param projects null when they were not searched
    /// @param tasks null when they were not searched
    /// @param posts null when they were not searched
    /// @param users null when they were not searched
    /// @param unavailable kinds that could not be searched at the moment
    @Schema(name = "SearchResults")
    public record SearchResults(
            @Nullable SearchGroup projects,
            @Nullable SearchGroup tasks,
            @Nullable SearchGroup posts,
            @Nullable SearchGroup users,
            List<SearchKind> unavailable) {}

    /// What was found of one kind.
    ///
    /// @param items best match first
    /// @param truncated whether more than 20,000 match, of which the newest were ranked
    @Schema(name = "SearchGroup")
    public record SearchGroup(List<SearchHit> items, boolean truncated) {}

    /// Something that was found.
    ///
    /// @param projectId the project it is, or is in; null for a user
    /// @param projectName the name of that project
    /// @param taskId the task that a post is a comment on
    /// @param parentId the task or post that it is below
    /// @param authorId who has written a post
    /// @param status of a task
    /// @param archived whether a project or task is archived; null for what cannot be
    /// @param title name or title; empty for a post without one
    /// @param excerpt of description or body, around the first match
    @Schema(name = "SearchHit")
    public record SearchHit(
            UUID id,
            @Nullable UUID projectId,
            @Nullable String projectName,
            @Nullable UUID taskId,
            @Nullable UUID parentId,
            @Nullable UUID authorId,
            @Nullable SearchedStatus status,
            @Nullable Boolean archived,
            List<SearchPart> title,
            List<SearchPart> excerpt) {}

    /// A kind of what is found.
    public enum SearchKind {
        /// From tasks.
        PROJECTS,
        /// From tasks.
        TASKS,
        /// From posts: posts, comments and replies.
        POSTS,
        /// From identity.
        USERS
    }

    /// Whether a task is open or done.
    public enum SearchedStatus {
        /// Still to be done.
        OPEN,
        /// Done.
        DONE
    }

    /// A part of a text.
    ///
    /// @param match whether the words have found it
    @Schema(name = "SearchPart")
    public record SearchPart(String text, boolean match) {}
}
