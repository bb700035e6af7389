package tarn.worker;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;
import tarn.platform.event.Feed;
import tarn.platform.event.FeedCursor;
import tarn.platform.job.JobRequest;

/// The feeds of this worker and how far they have come.
@Singleton
final class CursorStore {

    /// The consumer in the catalogue.
    static final String CONSUMER = "worker";

    private static final List<String> OUTBOXES =
            Catalogue.ALL.withSchema().stream().map(Service::name).toList();

    private final WorkerDatabase database;
    private final Clock clock;

    CursorStore(WorkerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A feed of all services' events.
    Feed feed() {
        return new Feed(database.database().sql(), clock, WorkerDatabase.NAME, CONSUMER, OUTBOXES);
    }

    /// What the consumers have taken, for the owners of the outboxes.
    List<JobRequest.TakenEvents> taken() {
        FeedCursor at = feed().cursor();
        return List.of(new JobRequest.TakenEvents(CONSUMER, at.epoch(), at.snapshot()));
    }
}
