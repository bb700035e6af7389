package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// No file of 25 MB fills a heap of 80 MB: half of what the smallest process of Tarn has.
@Timeout(240)
final class SmallHeapTest {

    @Test
    void theWorstFilesAreReadOrRefused() throws Exception {
        assertThat(outcomes("worst"))
                .containsExactly(
                        "one quoted cell: row-too-large",
                        "one row of commas: row-too-large",
                        "wide rows: too-large",
                        "letters outside Latin-1: too-large",
                        "Latin letters: read",
                        "quotes in every cell: too-large",
                        "labels: too-large",
                        "notes: read",
                        "UTF-16: read");
    }

    @Test
    @Tag("long")
    void furtherFilesAreReadOrRefused() throws Exception {
        assertThat(outcomes("all")).hasSameSizeAs(SmallHeap.further());
    }

    private static List<String> outcomes(String which) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx80m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SmallHeap.class.getName(),
                        which)
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        try (var output = process.inputReader()) {
            output.lines().forEach(lines::add);
        }
        assertThat(process.waitFor()).as("after %s", lines).isZero();
        return lines;
    }
}
