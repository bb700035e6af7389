package tarn.platform.event;

/// The cursor of one [Feed#fromNow], lost when the process ends.
final class MemoryCursor implements FeedCursors {

    private FeedCursor at;

    MemoryCursor(FeedCursor at) {
        this.at = at;
    }

    @Override
    public synchronized FeedCursor of(String consumer) {
        return at;
    }

    @Override
    public synchronized boolean move(String consumer, FeedCursor before, FeedCursor after) {
        if (!at.equals(before)) {
            return false;
        }
        at = after;
        return true;
    }
}
