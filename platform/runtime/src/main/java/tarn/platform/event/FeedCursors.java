package tarn.platform.event;

import org.jspecify.annotations.Nullable;

/// Where the cursors of consumers are kept.
sealed interface FeedCursors permits FeedCursorStore, MemoryCursor {

    /// A consumer's cursor; null when it has none yet.
    @Nullable
    FeedCursor of(String consumer);

    /// Moves a cursor unless it has been moved meanwhile; returns whether it did.
    boolean move(String consumer, FeedCursor before, FeedCursor after);
}
