package tarn.tasks;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.search.SearchQuery;
import tarn.platform.security.Caller;

/// Searches the names and descriptions of a user's projects and of their tasks, or the tasks of one
/// project.
@Singleton
final class TaskSearch {

    /// What was found.
    ///
    /// @param names of the user's projects, by id
    record FoundTasks(Map<UUID, String> names, TaskSearchStore.Matches projects, TaskSearchStore.Matches tasks) {}

    private static final TaskSearchStore.Matches NONE = new TaskSearchStore.Matches(List.of(), false);

    private final TaskSearchStore store;

    TaskSearch(TaskSearchStore store) {
        this.store = store;
    }

    /// Finds nothing for a query without words.
    ///
    /// @param in the project whose tasks are searched; null for all projects and their tasks
    /// @param limit of each kind
    /// @throws Refusal.NotFound when it is not a project of the caller's, or in the trash
    FoundTasks find(Caller caller, SearchQuery query, @Nullable UUID in, int limit) {
        Map<UUID, String> names = projectsOf(caller.id());
        if (in != null && !names.containsKey(in)) {
            throw new Refusal.NotFound("project");
        }
        if (query.isEmpty()) {
            return new FoundTasks(names, NONE, NONE);
        }
        List<UUID> projects = in == null ? List.copyOf(names.keySet()) : List.of(in);
        return new FoundTasks(
                names, in == null ? store.projects(query, projects, limit) : NONE, store.tasks(query, projects, limit));
    }

    /// The names of a user's projects, by id; those in the trash are left out.
    Map<UUID, String> projectsOf(UUID user) {
        return store.projectsOf(user);
    }
}
