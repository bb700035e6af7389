package tarn.worker;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;
import tarn.platform.event.Feed;
import tarn.platform.event.FeedCursor;
import tarn.platform.event.FeedLagStore;
import tarn.platform.event.FeedReplay;
import tarn.platform.job.JobRequest;

/// Opens the feeds of all services' events for this worker: that of its one consumer `worker`,
/// whose cursor is stored, and those of live streams, which store none.
@Singleton
final class CursorStore {

    /// The consumer in the catalogue.
    static final String CONSUMER = "worker";

    /// Live streams in errors.
    private static final String LIVE = "live";

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

    /// A feed of all services' events from now on, for what is open in this process.
    Feed feedFromNow() {
        return Feed.fromNow(database.database().sql(), LIVE, OUTBOXES);
    }

    /// Reads events again for a stream that was away.
    FeedReplay replay() {
        return new FeedReplay(database.database().sql(), OUTBOXES);
    }

    /// Measures how far consumers are behind.
    FeedLagStore lags() {
        return new FeedLagStore(database.database().sql(), clock, WorkerDatabase.NAME, OUTBOXES);
    }

    /// What the consumers have taken, for the owners of the outboxes.
    List<JobRequest.TakenEvents> taken() {
        FeedCursor at = feed().cursor();
        return List.of(new JobRequest.TakenEvents(CONSUMER, at.epoch(), at.snapshot()));
    }
}
