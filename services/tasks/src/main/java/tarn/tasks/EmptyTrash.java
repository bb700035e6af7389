package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tarn.platform.job.JobResult;

/// Job that deletes projects, tasks and items for good, 30 days after they went to the trash, in
/// slices of one project, 500 tasks and 500 items.
@Singleton
class EmptyTrash {

    /// How long they can be restored.
    static final Duration KEPT = Duration.ofDays(30);

    private static final int SLICE = 500;

    private final TrashPurgeStore store;
    private final Clock clock;

    EmptyTrash(TrashPurgeStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Deletes a slice.
    @Transactional
    public JobResult run() {
        return deletedBefore(clock.instant().minus(KEPT));
    }

    /// Deletes a slice of what went to the trash before a timestamp: one project, some tasks, some
    /// items.
    @Transactional
    public JobResult deletedBefore(Instant timestamp) {
        int projects = store.purgeProject(timestamp) ? 1 : 0;
        int tasks = store.purgeTasks(timestamp, SLICE);
        int items = store.purgeItems(timestamp, SLICE);
        return new JobResult(
                Map.of("projects", projects, "tasks", tasks, "items", items), projects + tasks + items > 0);
    }
}
