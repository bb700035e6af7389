package tarn.posts;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import tarn.platform.job.JobResult;

/// Deletes posts for good, 500 in a slice: 30 days after they went to the trash, or when their
/// project or task is gone for good.
@Singleton
class PurgePosts {

    /// How long they can be restored.
    static final Duration KEPT = Duration.ofDays(30);

    private static final int SLICE = 500;

    private final PostPurgeStore store;
    private final Clock clock;

    PurgePosts(PostPurgeStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Job that deletes a slice of the trash.
    @Transactional
    public JobResult emptyTrash() {
        return result(store.purge(clock.instant().minus(KEPT), SLICE));
    }

    /// Deletes a slice of the posts in projects and on tasks that are gone; idempotent.
    @Transactional
    public JobResult of(Collection<UUID> projects, Collection<UUID> tasks) {
        return result(store.purge(projects, tasks, SLICE));
    }

    private static JobResult result(int deleted) {
        return JobResult.of("posts", deleted, deleted > 0);
    }
}
