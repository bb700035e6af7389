package tarn.standalone;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// How long to wait before a server that has ended is started again: nothing the first time, then from half a
/// second on twice as long each time, at most 30 seconds. Ends of more than ten minutes ago do not count.
final class RestartBackoff {

    static final Duration WINDOW = Duration.ofMinutes(10);
    static final Duration MIN_PAUSE = Duration.ofMillis(500);
    static final Duration MAX_PAUSE = Duration.ofSeconds(30);

    /// When it ended or failed to start, in nanoseconds as by [System#nanoTime], within the window. More than
    /// these lead to the longest pause anyway.
    private final Deque<Long> ends = new ArrayDeque<>();

    private static final int MAX_ENDS = 16;

    /// Counts an end, or a start that failed.
    ///
    /// @param now in nanoseconds, as by [System#nanoTime]
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
