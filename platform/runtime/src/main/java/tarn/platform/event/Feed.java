package tarn.platform.event;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Reads the events of several services for one consumer, in the order in which the rows of each
/// service changed; each once, if its effects share the transaction of [#advance].
///
/// ```java
/// FeedBatch batch = feed.read();
/// if (batch != null) {
///     transaction(() -> { effects(batch.events()); feed.advance(batch); });
/// }
/// ```
///
/// Reads in snapshot windows: what is visible in the current snapshot and was not in the last one,
/// outbox after outbox, each in the order of `seq`. A later change of a row also commits later, so
/// its event is in the same window or a later one. A window spans all outboxes: they are in one
/// cluster and share its snapshots. Decision 0024 says why not by transaction id.
///
/// Not thread-safe; several instances and processes may read for the same consumer, and only one of
/// them advances.
public final class Feed {

    private static final Logger LOG = Logger.getLogger(Feed.class);

    /// Events per batch.
    static final int BATCH = 500;

    /// The ranges of the present window, which are looked for once.
    private record Window(int epoch, String snapshot, String target, Map<String, FeedWindowStore.Range> ranges) {

        boolean is(FeedCursor at, String end) {
            return epoch == at.epoch() && snapshot.equals(at.snapshot()) && target.equals(end);
        }
    }

    private final String consumer;
    private final List<String> wanted;
    private final FeedCursors cursors;
    private final FeedWindowStore windows;
    private List<String> outboxes = List.of();
    private @Nullable Window window;

    /// @param sql of the service that consumes
    /// @param schema of that service, which has the cursor
    /// @param outboxes names of services, causes before effects; those that do not exist yet are
    /// read as soon as they do
    public Feed(DSLContext sql, Clock clock, String schema, String consumer, List<String> outboxes) {
        this(sql, consumer, outboxes, new FeedCursorStore(sql, schema, clock));
    }

    private Feed(DSLContext sql, String consumer, List<String> outboxes, FeedCursors cursors) {
        this.consumer = consumer;
        this.wanted = List.copyOf(outboxes);
        this.cursors = cursors;
        this.windows = new FeedWindowStore(sql);
    }

    /// A feed that begins at now and keeps its cursor in memory: nothing is kept for it.
    ///
    /// @param consumer named in errors
    public static Feed fromNow(DSLContext sql, String consumer, List<String> outboxes) {
        FeedWindowStore windows = new FeedWindowStore(sql);
        FeedWindowStore.Status status = windows.status(windows.readable(outboxes), FeedCursor.START);
        FeedCursor now = FeedCursor.at(status.epoch(), status.snapshot());
        return new Feed(sql, consumer, outboxes, new MemoryCursor(now));
    }

    /// The next events, at most 500; null when there is nothing new.
    ///
    /// @throws FeedFailure when the cursor does not belong to the data
    public @Nullable FeedBatch read() {
        while (true) {
            FeedCursor at = cursor();
            String target = target(at);
            if (target == null) {
                return null;
            }
            FeedBatch batch = batch(at, target);
            if (!batch.events().isEmpty()) {
                return batch;
            }
            // The end of a past epoch, or what was in the window has been deleted.
            cursors.move(consumer, at, batch.after());
        }
    }

    /// Saves that a batch has been handled, in the transaction of its effects.
    ///
    /// @return whether this reader may go on; otherwise another one has handled the batch, and the
    /// transaction must be rolled back
    public boolean advance(FeedBatch batch) {
        return cursors.move(consumer, batch.before(), batch.after());
    }

    /// Where the consumer is.
    public FeedCursor cursor() {
        FeedCursor at = cursors.of(consumer);
        return at == null ? FeedCursor.START : at;
    }

    /// The end of the window; null when there is nothing new.
    private @Nullable String target(FeedCursor at) {
        if (outboxes.isEmpty()) {
            outboxes = windows.readable(wanted);
        }
        if (outboxes.isEmpty()) {
            return null;
        }
        FeedWindowStore.Status status = windows.status(outboxes, at);
        if (outboxes.size() < wanted.size()) {
            // Looked for after the snapshot: what is not there now had no events then.
            List<String> now = windows.readable(wanted);
            if (!now.equals(outboxes)) {
                outboxes = now;
                status = windows.status(outboxes, at);
            }
        }
        status.require(consumer, at);
        if (at.target() != null) {
            return at.target();
        }
        if (at.epoch() < status.epoch()) {
            LOG.warnf(
                    "The consumer %s has events of epoch %d to read before it goes on in epoch %d",
                    consumer, at.epoch(), status.epoch());
            return FeedCursor.EVERYTHING;
        }
        return status.fresh() ? status.snapshot() : null;
    }

    private FeedBatch batch(FeedCursor at, String target) {
        if (window == null || !window.is(at, target)) {
            window = new Window(at.epoch(), at.snapshot(), target, windows.ranges(outboxes, at, target));
        }
        List<DeliveredEvent> events = new ArrayList<>();
        boolean reached = at.outbox() == null || !outboxes.contains(at.outbox());
        for (String outbox : outboxes) {
            boolean resumed = outbox.equals(at.outbox());
            reached |= resumed;
            FeedWindowStore.Range range = window.ranges().get(outbox);
            if (!reached || range == null) {
                continue;
            }
            FeedWindowStore.Range rest = resumed ? new FeedWindowStore.Range(at.seq(), range.high()) : range;
            int limit = BATCH - events.size();
            List<DeliveredEvent> some = windows.events(outbox, rest, at, target, limit);
            events.addAll(some);
            if (some.size() == limit) {
                return new FeedBatch(
                        events, at, at.within(target, outbox, some.getLast().seq()));
            }
        }
        return new FeedBatch(events, at, at.after(target));
    }
}
