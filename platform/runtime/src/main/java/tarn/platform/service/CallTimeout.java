package tarn.platform.service;

import java.time.Duration;

/// How long a call to another service may take in all, its repetitions with it.
public enum CallTimeout {

    /// What a request goes on without when it is not there at once: 150 ms.
    USUAL(Duration.ofMillis(150)),

    /// What a request cannot do without, as knowing who asks: 2 s. Right after a start everything is slow.
    NEEDED(Duration.ofSeconds(2)),

    /// What removes much, or changes something for a user: 20 s, as long as a statement may take.
    LONG(Duration.ofSeconds(20)),

    /// What no user waits for: 20 s.
    BACKGROUND(Duration.ofSeconds(20));

    private final Duration duration;

    CallTimeout(Duration duration) {
        this.duration = duration;
    }

    Duration duration() {
        return duration;
    }
}
