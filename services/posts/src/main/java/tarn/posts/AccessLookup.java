package tarn.posts;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.bus.CacheInvalidation;
import tarn.platform.problem.Refusal;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Asks the tasks service what a user may do in a project or task, and caches positive answers for
/// 3 s; for changes it asks anew.
///
/// A change of members invalidates a project's answers at once in one process. Where services run
/// apart, and for tasks moved to the trash, an answer may be stale until it expires.
@Singleton
final class AccessLookup {

    private static final int MAX_KEPT = 10_000;
    private static final String SERVICE = "tasks";
    private static final String MEMBERSHIPS = "/internal/tasks/memberships/";

    /// @param where as in `task=<id>`
    private record Key(UUID user, String where) {

        static Key inProject(UUID user, UUID project) {
            return new Key(user, "project=" + project);
        }

        static Key inTask(UUID user, UUID task) {
            return new Key(user, "task=" + task);
        }
    }

    private record TaskIds(List<UUID> tasks) {}

    private record TaskAccesses(List<TaskAccess> items) {
        private record TaskAccess(UUID task, UUID project, ProjectAccess.Role role) {}
    }

    private final ServiceClient services;
    private final ShortLivedCache<Key, ProjectAccess> kept;

    AccessLookup(ServiceClient services, Clock clock) {
        this.services = services;
        this.kept = new ShortLivedCache<>(clock, MAX_KEPT);
    }

    /// What a user may do in a project; empty when the user may not see it.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Optional<ProjectAccess> inProject(UUID user, UUID project) {
        return of(Key.inProject(user, project), false);
    }

    /// What a user may do in a project, without the cache, for a change; empty when the user may
    /// not see it.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Optional<ProjectAccess> inProjectNow(UUID user, UUID project) {
        return of(Key.inProject(user, project), true);
    }

    /// What a user may do with a task; empty when the user may not see it.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Optional<ProjectAccess> inTask(UUID user, UUID task) {
        return of(Key.inTask(user, task), false);
    }

    /// What a user may do with a task, without the cache, for a change; empty when the user may not
    /// see it.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Optional<ProjectAccess> inTaskNow(UUID user, UUID task) {
        return of(Key.inTask(user, task), true);
    }

    /// What a user may do with each of at most 1,000 tasks; tasks the user may not see are left
    /// out.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Map<UUID, ProjectAccess> inTasks(UUID user, Collection<UUID> tasks) {
        Map<UUID, ProjectAccess> known = new HashMap<>();
        List<UUID> unknown = new ArrayList<>();
        for (UUID task : tasks) {
            @Nullable ProjectAccess access = kept.get(Key.inTask(user, task));
            if (access == null) {
                unknown.add(task);
            } else {
                known.put(task, access);
            }
        }
        if (!unknown.isEmpty()) {
            long heard = kept.invalidations();
            TaskAccesses answer = services.to(SERVICE)
                    .within(CallTimeout.NEEDED)
                    .repeatable()
                    .post(MEMBERSHIPS + user + "/tasks", new TaskIds(unknown), TaskAccesses.class);
            for (TaskAccesses.TaskAccess one : answer.items()) {
                ProjectAccess access = new ProjectAccess(one.project(), one.role());
                kept.put(Key.inTask(user, one.task()), access, heard);
                known.put(one.task(), access);
            }
        }
        return known;
    }

    private Optional<ProjectAccess> of(Key key, boolean now) {
        @Nullable ProjectAccess known = now ? null : kept.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        long heard = kept.invalidations();
        try {
            ProjectAccess access = services.to(SERVICE)
                    .within(CallTimeout.NEEDED)
                    .get(MEMBERSHIPS + key.user() + '?' + key.where(), ProjectAccess.class);
            kept.put(key, access, heard);
            return Optional.of(access);
        } catch (Refusal.NotFound none) {
            kept.drop(key);
            return Optional.empty();
        }
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) CacheInvalidation invalidation) {
        if (invalidation.topic().equals("membership")) {
            kept.forget((_, access) -> access.project().toString().equals(invalidation.key()));
        }
    }
}
