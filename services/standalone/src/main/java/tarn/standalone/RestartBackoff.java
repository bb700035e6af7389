package tarn.standalone;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Exponential backoff for restarts: 0.5 s, doubled up to 30 s each time the program has ended
/// before it was ready or within 10 s of it.
final class RestartBackoff {

    static final Duration STABLE = Duration.ofSeconds(10);
    static final Duration MIN_PAUSE = Duration.ofMillis(500);
    static final Duration MAX_PAUSE = Duration.ofSeconds(30);

    private @Nullable Long readySince;
    private @Nullable Duration last;

    /// Says that the program is ready.
    ///
    /// @param now by [System#nanoTime]
    void ready(long now) {
        readySince = now;
    }

    /// Counts an end or a failed start and returns the pause before the next.
    ///
    /// @param now by [System#nanoTime]
    Duration pauseAfterEnd(long now) {
        boolean stable = readySince != null && now - readySince > STABLE.toNanos();
        Duration pause = last == null || stable ? MIN_PAUSE : last.multipliedBy(2);
        readySince = null;
        last = pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
        return last;
    }
}
