package tarn.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimestampSerializerTest {

    private static final long FIRST = Instant.parse("-0010-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("+10010-01-01T00:00:00Z").getEpochSecond();

    private final ObjectMapper mapper = new ObjectMapper()
            .registerModule(new SimpleModule().addSerializer(Instant.class, new TimestampSerializer()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-29T12:00:00Z",
                "2026-11-29T12:00:00.120Z",
                "2024-02-29T23:59:59.000001Z",
                "1969-12-31T23:59:59.999999999Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "-0001-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z"
            })
    void writesAsTheyAreWrittenInJava(String text) throws Exception {
        assertThat(mapper.writeValueAsString(Instant.parse(text))).isEqualTo("\"" + text + "\"");
    }

    @Test
    void writesWhatJavaWritesOfAny() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);

        for (int i = 0; i < 10_000; i++) {
            Instant any = Instant.ofEpochSecond(random.nextLong(FIRST, LAST), random.nextInt(1_000_000_000));

            assertThat(mapper.writeValueAsString(any)).as("seed %d", seed).isEqualTo("\"" + any + "\"");
        }
    }
}
