package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class SettableClockTest {

    private final SettableClock clock = SettableClock.at("2026-01-31T12:00:00Z");

    @Test
    void standsUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(clock.advance(Duration.ofHours(1))).isEqualTo("2026-01-31T13:00:00Z");
        clock.set(Instant.EPOCH);
        assertThat(clock.millis()).isZero();
    }

    @Test
    void isInUtcAndNowhereElse() {
        assertThat(clock.withZone(ZoneOffset.UTC)).isSameAs(clock);
        assertThat(clock.withZone(ZoneId.of("Etc/UTC"))).isSameAs(clock);
        assertThatThrownBy(() -> clock.withZone(ZoneOffset.ofHours(1)))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
