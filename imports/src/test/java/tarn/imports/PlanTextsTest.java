package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PlanTextsTest {

    private static final int MEGABYTE = 1024 * 1024;

    @Test
    void givesBackWhatWasKept() throws IOException {
        try (PlanTexts texts = PlanTexts.inFile()) {
            PlanText first = texts.keep("Schnürsenkel 🐟");
            PlanText none = texts.keep("");
            PlanText last = texts.keep("€".repeat(50_000));

            assertThat(last.read()).hasSize(50_000).containsOnlyOnce("€".repeat(50_000));
            assertThat(none.read()).isEmpty();
            assertThat(first.read()).isEqualTo("Schnürsenkel 🐟");
        }
    }

    @Test
    void refusesMoreThan256Megabytes() throws IOException {
        String megabyte = "x".repeat(MEGABYTE);
        try (PlanTexts texts = PlanTexts.inFile()) {
            for (int i = 0; i < 256; i++) {
                texts.keep(megabyte);
            }

            assertThatThrownBy(() -> texts.keep("x"))
                    .isInstanceOf(UnreadableImport.class)
                    .hasMessageContaining("256 MB");
        }
    }
}
