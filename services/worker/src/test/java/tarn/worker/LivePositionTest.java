package tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LivePositionTest {

    private static final Instant NOW = Instant.parse("2026-11-29T20:15:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"5:5:", "123456:123460:123456,123458", "9000000000:9000000001:9000000000"})
    void isReadAsItWasWritten(String snapshot) {
        LivePosition position = new LivePosition(3, snapshot, NOW);

        String text = position.text();

        assertThat(text).matches("[A-Za-z0-9._-]+");
        assertThat(LivePosition.parse(String.valueOf(text))).isEqualTo(position);
    }

    @Test
    void hasNoTextWhenItWouldBeLong() {
        String open = IntStream.range(0, 300)
                .mapToObj(i -> Integer.toString(1_000 + i))
                .collect(Collectors.joining(","));

        assertThat(new LivePosition(1, "1000:2000:" + open, NOW).text()).isNull();
    }
}
