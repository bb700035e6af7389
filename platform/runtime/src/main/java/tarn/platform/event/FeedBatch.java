package tarn.platform.event;

import java.util.List;

/// Events to be handled, and the cursors before and after them.
///
/// @param events at most 500; those of one outbox in the order of `seq`
public record FeedBatch(List<DeliveredEvent> events, FeedCursor before, FeedCursor after) {

    /// Copies the events.
    public FeedBatch {
        events = List.copyOf(events);
    }

    /// Whether more events may follow at once.
    public boolean isFull() {
        return events.size() >= Feed.BATCH;
    }
}
