package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tarn.imports.ImportPlan.ReportLine;
import tarn.imports.ImportPlan.Severity;

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
    void keepsAReportOf250000LinesOutOfMemory() throws IOException {
        try (PlanTexts texts = PlanTexts.inFile()) {
            ReportLines lines = new ReportLines(texts);
            for (int number = 0; number < ImportPlan.MAX_LINES; number++) {
                lines.add(new ReportLine(number, null, Severity.INFO, "code", "Line " + number));
            }
            lines.add(new ReportLine(null, "", Severity.LEFT_OUT, "gravest", "Schnürsenkel 🐟"));
            lines.add(new ReportLine(null, null, Severity.INFO, "code", "One too many"));

            List<ReportLine> report = lines.lines();

            assertThat(lines.count()).isEqualTo(ImportPlan.MAX_LINES + 2);
            assertThat(report).hasSize(ImportPlan.MAX_LINES);
            assertThat(report.getFirst())
                    .isEqualTo(new ReportLine(null, "", Severity.LEFT_OUT, "gravest", "Schnürsenkel 🐟"));
            assertThat(report.getLast()).isEqualTo(new ReportLine(249_998, null, Severity.INFO, "code", "Line 249998"));
            assertThat(texts.keep("after it").read()).isEqualTo("after it");
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
