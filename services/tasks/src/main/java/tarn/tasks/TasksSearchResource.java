package tarn.tasks;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.http.Text;
import tarn.platform.search.MatchedText;
import tarn.platform.search.SearchQuery;
import tarn.platform.security.OnBehalfOf;

/// Internal operations of the search: projects and tasks for the gateway, and the projects a user
/// may search for posts.
@Path("/internal/tasks/search")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class TasksSearchResource {

    private static final int MAX_TITLE = 500;
    private static final int MAX_EXCERPT = 160;

    private final OnBehalfOf onBehalfOf;
    private final TaskSearch search;

    TasksSearchResource(OnBehalfOf onBehalfOf, TaskSearch search) {
        this.onBehalfOf = onBehalfOf;
        this.search = search;
    }

    /// The user's projects and tasks that match.
    @POST
    @RolesAllowed("service:gateway")
    @Operation(hidden = true)
    public Hits find(@HeaderParam(OnBehalfOf.HEADER) @Nullable String user, @Valid @NotNull Search wanted) {
        SearchQuery query = SearchQuery.of(wanted.text());
        TaskSearch.FoundTasks found =
                search.find(onBehalfOf.caller(user, "tasks:read"), query, wanted.in(), wanted.limit());
        return new Hits(group(query, found.projects(), found.names()), group(query, found.tasks(), found.names()));
    }

    /// The projects in which a user may search, with their names.
    @GET
    @Path("projects/{userId}")
    @RolesAllowed("service:posts")
    @Operation(hidden = true)
    public Page<SearchableProject> projects(@PathParam("userId") UUID user) {
        return new Page<>(
                search.projectsOf(user).entrySet().stream()
                        .map(project -> new SearchableProject(project.getKey(), project.getValue()))
                        .toList(),
                null);
    }

    private static HitGroup group(SearchQuery query, TaskSearchStore.Matches matches, Map<UUID, String> names) {
        return new HitGroup(
                matches.items().stream()
                        .map(match -> new Hit(
                                match.id(),
                                match.project(),
                                Objects.requireNonNull(names.get(match.project())),
                                match.parent(),
                                match.status(),
                                match.archived(),
                                MatchedText.of(query, match.title(), MAX_TITLE).parts(),
                                MatchedText.excerpt(query, match.description(), MAX_EXCERPT)
                                        .parts()))
                        .toList(),
                matches.truncated());
    }

    /// What is searched for.
    ///
    /// @param in a project; null for everywhere
    record Search(
            @NotNull @Text(max = 500) String text,
            @Nullable UUID in,
            @Min(1) @Max(20) int limit) {}

    /// What was found.
    record Hits(HitGroup projects, HitGroup tasks) {}

    /// What was found of one kind, best first.
    record HitGroup(List<Hit> items, boolean truncated) {}

    /// A project or task.
    record Hit(
            UUID id,
            UUID projectId,
            String projectName,
            @Nullable UUID parentId,
            Task.@Nullable Status status,
            boolean archived,
            List<MatchedText.Part> title,
            List<MatchedText.Part> excerpt) {}

    /// A project of a user.
    record SearchableProject(UUID id, String name) {}
}
