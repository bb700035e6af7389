package tarn.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class Uuid7Test {

    private static final Instant TIMESTAMP = Instant.parse("2026-01-31T12:00:00.123456Z");

    @Test
    void carriesVersionVariantAndTheMillisecond() {
        UUID id = Uuid7.next(Clock.fixed(TIMESTAMP, ZoneOffset.UTC));

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(TIMESTAMP.toEpochMilli());
    }

    /// The example of RFC 9562, appendix A.6: its timestamp makes its first 48 bits.
    @Test
    void beginsLikeTheExampleOfTheStandard() {
        assertThat(Uuid7.at(Instant.ofEpochMilli(0x017F22E279B0L)).toString()).startsWith("017f22e2-79b0-7");
    }

    @Test
    void sortsByTime() {
        String previous = Uuid7.at(TIMESTAMP).toString();
        for (int i = 1; i < 1_000; i++) {
            String next = Uuid7.at(TIMESTAMP.plusMillis(i)).toString();
            assertThat(next).isGreaterThan(previous);
            previous = next;
        }
    }

    @Test
    void neverRepeatsWithinAMillisecond() {
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(Uuid7.at(TIMESTAMP))).isTrue();
        }
    }
}
