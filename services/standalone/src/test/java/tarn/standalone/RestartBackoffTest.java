package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

    private final RestartBackoff backoff = new RestartBackoff();
    private long now;

    @Test
    void doublesWhileTheProgramEndsWithinTenSecondsOfBeingReady() {
        assertThat(pauseAfterReadyFor(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(500));
        assertThat(pauseAfterReadyFor(Duration.ofSeconds(9))).isEqualTo(Duration.ofSeconds(1));
        assertThat(pauseAfterReadyFor(Duration.ofSeconds(9))).isEqualTo(Duration.ofSeconds(2));
        assertThat(pauseAfterReadyFor(Duration.ofSeconds(11))).isEqualTo(Duration.ofMillis(500));
        assertThat(pauseAfterReadyFor(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void doublesWhileTheProgramDoesNotStartAndWaitsThirtySecondsAtMost() {
        for (int i = 0; i < 12; i++) {
            backoff.pauseAfterEnd(now);
            now += Duration.ofMinutes(1).toNanos();
        }

        assertThat(backoff.pauseAfterEnd(now)).isEqualTo(Duration.ofSeconds(30));
    }

    private Duration pauseAfterReadyFor(Duration ready) {
        backoff.ready(now);
        now += ready.toNanos();
        return backoff.pauseAfterEnd(now);
    }
}
