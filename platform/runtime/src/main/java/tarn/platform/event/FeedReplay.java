package tarn.platform.event;

import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Reads the events between two cursors once more, without moving a cursor, for a live stream that
/// reconnects; gives up when there are more than a limit.
public final class FeedReplay {

    private final List<String> wanted;
    private final FeedWindowStore windows;

    /// @param outboxes names of services, causes before effects
    public FeedReplay(DSLContext sql, List<String> outboxes) {
        this.wanted = List.copyOf(outboxes);
        this.windows = new FeedWindowStore(sql);
    }

    /// The events between two cursors, outbox after outbox; null when there are more than the limit, or
    /// when they are of different epochs.
    ///
    /// @param from given by a client: between two windows
    /// @param until of a feed that reads the same outboxes
    /// @throws Refusal.Malformed when the first is later than the database
    public @Nullable List<DeliveredEvent> between(FeedCursor from, FeedCursor until, int limit) {
        List<String> outboxes = windows.readable(wanted);
        FeedWindowStore.Status status = windows.status(outboxes, from);
        if (from.epoch() > status.epoch() || (from.epoch() == status.epoch() && status.ahead())) {
            throw new Refusal.Malformed("bad-position", "This position is not from this Tarn, or is in the future.");
        }
        String end = until.target() == null ? until.snapshot() : until.target();
        return from.epoch() < until.epoch() || windows.count(outboxes, from, end, limit + 1) > limit
                ? null
                : windows.between(outboxes, from, end);
    }
}
