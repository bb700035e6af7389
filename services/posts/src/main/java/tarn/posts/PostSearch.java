package tarn.posts;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.search.SearchQuery;
import tarn.platform.security.Caller;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Searches the published posts, comments and replies in all projects of a user, or in one;
/// comments on tasks in the trash are left out.
@Singleton
final class PostSearch {

    /// What was found, best match first.
    ///
    /// @param names of the user's projects, by id
    /// @param truncated whether only the newest of those that match were ranked
    record FoundPosts(Map<UUID, String> names, List<PostStore.Match> items, boolean truncated) {}

    private record SearchableProjects(List<SearchableProject> items) {
        private record SearchableProject(UUID id, String name) {}
    }

    private final PostStore store;
    private final AccessLookup accesses;
    private final ServiceClient services;

    PostSearch(PostStore store, AccessLookup accesses, ServiceClient services) {
        this.store = store;
        this.accesses = accesses;
        this.services = services;
    }

    /// Finds nothing for a query without words.
    ///
    /// @param in a project; null for all of the caller's
    /// @throws Refusal.NotFound when it is not a project of the caller's
    /// @throws Refusal.Unavailable when the tasks service does not respond
    FoundPosts find(Caller caller, SearchQuery query, @Nullable UUID in, int limit) {
        Map<UUID, String> names = projectsOf(caller.id());
        if (in != null && !names.containsKey(in)) {
            throw new Refusal.NotFound("project");
        }
        if (query.isEmpty()) {
            return new FoundPosts(names, List.of(), false);
        }
        List<UUID> projects = in == null ? List.copyOf(names.keySet()) : List.of(in);
        // Twice as many, because comments on tasks in the trash are left out afterwards.
        PostStore.Matches matches = store.search(query, projects, 2 * limit);
        Set<UUID> tasks = matches.items().stream()
                .map(PostStore.Match::task)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<UUID> inSight = tasks.isEmpty()
                ? Set.of()
                : accesses.inTasks(caller.id(), tasks).keySet();
        List<PostStore.Match> seen = matches.items().stream()
                .filter(match -> match.task() == null || inSight.contains(match.task()))
                .limit(limit)
                .toList();
        return new FoundPosts(names, seen, matches.truncated());
    }

    private Map<UUID, String> projectsOf(UUID user) {
        Map<UUID, String> names = new LinkedHashMap<>();
        services.to("tasks")
                .within(CallTimeout.NEEDED)
                .get("/internal/tasks/search/projects/" + user, SearchableProjects.class)
                .items()
                .forEach(project -> names.put(project.id(), project.name()));
        return names;
    }
}
