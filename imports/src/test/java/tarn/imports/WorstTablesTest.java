package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tables of 25 MB that are made to fill the memory: each is read or refused within 64 MB.
@Timeout(240)
final class WorstTablesTest {

    private static final int HEAP_MEGABYTES = 64;

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
                        "long dates: read",
                        "notes: read",
                        "UTF-16: read");
    }

    @Test
    @Tag("long")
    void furtherFilesAreReadOrRefused() throws Exception {
        assertThat(outcomes("all")).hasSameSizeAs(WorstTables.further());
    }

    private static List<String> outcomes(String which) throws IOException, InterruptedException {
        SmallHeap.Run run = SmallHeap.run(WorstTables.class, HEAP_MEGABYTES, List.of(which));
        assertThat(run.status()).as(run.output()).isZero();
        return run.output().lines().toList();
    }
}
