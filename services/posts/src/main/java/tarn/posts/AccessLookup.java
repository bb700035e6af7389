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
import tarn.platform.bus.Signal;
import tarn.platform.problem.Refusal;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// What users may do where posts are. The tasks service knows; what it says is kept for a moment.
///
/// Only a yes is kept: who has just been let in is let in. A change of members ends what is kept of
/// their project at once in one process; where services run apart, and for tasks that go to the trash, a
/// yes may be out of date for as long as it is kept.
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
    /// @throws Refusal.Unavailable when the tasks service does not answer
    Optional<ProjectAccess> inProject(UUID user, UUID project) {
        return of(Key.inProject(user, project), false);
    }

    /// The same for a change: what is kept is not enough.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not answer
    Optional<ProjectAccess> inProjectNow(UUID user, UUID project) {
        return of(Key.inProject(user, project), true);
    }

    /// What a user may do where a task is; empty when the user may not see it.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not answer
    Optional<ProjectAccess> inTask(UUID user, UUID task) {
        return of(Key.inTask(user, task), false);
    }

    /// The same for a change: what is kept is not enough.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not answer
    Optional<ProjectAccess> inTaskNow(UUID user, UUID task) {
        return of(Key.inTask(user, task), true);
    }

    /// Of these tasks, at most a thousand, those that a user may see, with what the user may do there.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not answer
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
            long heard = kept.signals();
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
        long heard = kept.signals();
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

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal signal) {
        if (signal.topic().equals("membership")) {
            kept.forget((_, access) -> access.project().toString().equals(signal.key()));
        }
    }
}
