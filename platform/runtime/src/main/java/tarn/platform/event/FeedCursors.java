package tarn.platform.event;

import org.jspecify.annotations.Nullable;

/// Stores how far consumers have read: in a table, or in memory for a reader of this process alone.
sealed interface FeedCursors permits FeedCursorStore, MemoryCursor {

    /// A consumer's cursor; null when it has none yet.
    @Nullable
    FeedCursor of(String consumer);

    /// Moves a cursor unless it has been moved meanwhile; returns whether it did.
    boolean move(String consumer, FeedCursor before, FeedCursor after);
}
