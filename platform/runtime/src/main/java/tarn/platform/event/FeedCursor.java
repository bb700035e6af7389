package tarn.platform.event;

import org.jspecify.annotations.Nullable;

/// How far a consumer has read: everything visible in `snapshot`, and of what is newly visible in
/// `target` the outboxes before `outbox`, and that one up to `seq`.
///
/// @param epoch of the cluster that `snapshot` belongs to
/// @param snapshot as PostgreSQL writes a `pg_snapshot`
/// @param target end of the present window; null between two windows
/// @param outbox being read in the present window; null between two windows
/// @param seq 0 between two windows
public record FeedCursor(
        int epoch,
        String snapshot,
        @Nullable String target,
        @Nullable String outbox,
        long seq) {

    /// A snapshot in which no event is visible.
    static final String NOTHING = "1:1:";

    /// A snapshot in which every event is visible.
    static final String EVERYTHING = "9223372036854775807:9223372036854775807:";

    /// Before the first event.
    static final FeedCursor START = new FeedCursor(1, NOTHING, null, null, 0);

    /// Between two windows.
    public static FeedCursor at(int epoch, String snapshot) {
        return new FeedCursor(epoch, snapshot, null, null, 0);
    }

    /// After a batch that does not end the window.
    FeedCursor within(String target, String outbox, long seq) {
        return new FeedCursor(epoch, snapshot, target, outbox, seq);
    }

    /// After the window; that of a past epoch is the last of its epoch.
    FeedCursor after(String target) {
        return target.equals(EVERYTHING)
                ? new FeedCursor(epoch + 1, NOTHING, null, null, 0)
                : new FeedCursor(epoch, target, null, null, 0);
    }
}
