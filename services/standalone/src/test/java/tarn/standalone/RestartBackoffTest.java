package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

    private final RestartBackoff backoff = new RestartBackoff();

    @Test
    void pausesGrowToALimit() {
        assertThat(backoff.pauseAfterEnd(0)).isEqualTo(Duration.ZERO);
        assertThat(backoff.pauseAfterEnd(1)).isEqualTo(RestartBackoff.MIN_PAUSE);
        assertThat(backoff.pauseAfterEnd(2)).isEqualTo(RestartBackoff.MIN_PAUSE.multipliedBy(2));
        for (int end = 3; end < 100; end++) {
            backoff.pauseAfterEnd(end);
        }
        assertThat(backoff.pauseAfterEnd(100)).isEqualTo(RestartBackoff.MAX_PAUSE);
    }

    @Test
    void endsThatAreLongAgoDoNotCount() {
        long year = Duration.ofDays(365).toNanos();
        for (int end = 0; end < 20; end++) {
            assertThat(backoff.pauseAfterEnd(end * year)).isEqualTo(Duration.ZERO);
        }
    }
}
