package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tarn.testing.Eventually;

class BatchingStderrTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final BatchingStderr shared = BatchingStderr.to(new PrintStream(written, false, StandardCharsets.UTF_8));
    private final PrintStream lines = new PrintStream(shared, true, StandardCharsets.UTF_8);

    @Test
    void whatWaitsIsWrittenAtTheEndAndNothingWaitsFromThenOn() {
        lines.print("first ");
        shared.end();
        assertThat(text()).isEqualTo("first ");

        lines.print("second");
        assertThat(text()).isEqualTo("first second");
    }

    @Test
    void whatIsWrittenDoesNotWaitForTheEnd() {
        lines.print("a line");

        Eventually.within(Duration.ofSeconds(5), () -> text().equals("a line"));
    }

    @Test
    void aReaderWhoStandsStillDoesNotKeepTheProcessFromItsEnd() throws Exception {
        PipedOutputStream stuck = new PipedOutputStream();
        try (PipedInputStream reader = new PipedInputStream(stuck, 1)) {
            BatchingStderr blocked = BatchingStderr.to(new PrintStream(stuck, false, StandardCharsets.UTF_8));
            new PrintStream(blocked, true, StandardCharsets.UTF_8).print("nobody reads this");

            assertTimeoutPreemptively(Duration.ofSeconds(20), blocked::end);
            assertThat(reader.available()).isOne();
        }
    }

    @Test
    void moreThanCanWaitIsWrittenInItsOrder() {
        String long1 = "a".repeat(50_000);
        String long2 = "b".repeat(200_000);

        lines.print(long1);
        lines.print(long2);
        lines.print("c");
        shared.end();

        assertThat(text()).isEqualTo(long1 + long2 + "c");
    }

    @Test
    void linesOfManyThreadsStayWhole() {
        List<String> all = IntStream.range(0, 5_000).mapToObj(n -> "line " + n).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            // Not through a PrintStream, which keeps lines whole by itself.
            all.forEach(line -> threads.execute(() -> {
                byte[] bytes = (line + '\n').getBytes(StandardCharsets.UTF_8);
                shared.write(bytes, 0, bytes.length);
            }));
        }
        shared.end();

        assertThat(text().lines()).containsExactlyInAnyOrderElementsOf(all);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
