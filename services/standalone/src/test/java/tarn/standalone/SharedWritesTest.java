package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedWritesTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final SharedWrites shared = new SharedWrites(new PrintStream(written, false, StandardCharsets.UTF_8));
    private final PrintStream lines = new PrintStream(shared, true, StandardCharsets.UTF_8);

    @Test
    void whatWaitsIsWrittenAtTheEndAndNothingWaitsFromThenOn() {
        lines.print("first ");
        assertThat(text()).isEmpty();

        shared.end();
        assertThat(text()).isEqualTo("first ");

        lines.print("second");
        assertThat(text()).isEqualTo("first second");
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
            all.forEach(line -> threads.execute(() -> lines.print(line + '\n')));
        }
        shared.end();

        assertThat(text().lines()).containsExactlyInAnyOrderElementsOf(all);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
