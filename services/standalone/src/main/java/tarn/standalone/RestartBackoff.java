package tarn.standalone;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Exponential backoff for restarts: none the first time, then 0.5 s doubling up to 30 s; ends more
/// than 10 minutes ago do not count.
final class RestartBackoff {

    static final Duration WINDOW = Duration.ofMinutes(10);
    static final Duration MIN_PAUSE = Duration.ofMillis(500);
    static final Duration MAX_PAUSE = Duration.ofSeconds(30);

    /// Recent ends and failed starts by [System#nanoTime]; more would not lengthen the pause.
    private final Deque<Long> ends = new ArrayDeque<>();

    private static final int MAX_ENDS = 16;

    /// Counts an end or a failed start and returns the pause before the next.
    ///
    /// @param now by [System#nanoTime]
    Duration pauseAfterEnd(long now) {
        while (!ends.isEmpty() && now - ends.getFirst() > WINDOW.toNanos()) {
            ends.removeFirst();
        }
        int before = ends.size();
        if (before == MAX_ENDS) {
            ends.removeFirst();
        }
        ends.addLast(now);
        if (before == 0) {
            return Duration.ZERO;
        }
        Duration pause = MIN_PAUSE.multipliedBy(1L << (before - 1));
        return pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    }
}
