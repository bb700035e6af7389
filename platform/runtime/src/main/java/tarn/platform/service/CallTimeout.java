package tarn.platform.service;

import java.time.Duration;

/// Total time of a call to another service, retries included.
public enum CallTimeout {

    /// 150 ms: the request can do without the answer.
    USUAL(Duration.ofMillis(150)),

    /// 2 s: the request cannot do without the answer, and everything is slow right after a start.
    NEEDED(Duration.ofSeconds(2)),

    /// 20 s, as long as a database statement may take: large deletions and changes for a user.
    LONG(Duration.ofSeconds(20)),

    /// 20 s: no user waits.
    BACKGROUND(Duration.ofSeconds(20));

    private final Duration duration;

    CallTimeout(Duration duration) {
        this.duration = duration;
    }

    Duration duration() {
        return duration;
    }
}
