package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tarn.imports.ImportPlan.Item;
import tarn.imports.ImportPlan.ReportLine;

/// Small exports of our own making, read on a fixed day in Berlin.
final class Exports {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private Exports() {}

    static byte[] file(String name) {
        try (InputStream file = Exports.class.getResourceAsStream("/imports/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static ImportPlan read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), ImportReader.Options.of(BERLIN, NOW));
    }

    /// Reads a file with its texts in memory, and once more with them in a file, which must make no
    /// difference.
    static ImportPlan read(byte[] file, ImportReader.Options options) {
        try (PlanTexts texts = PlanTexts.inFile()) {
            ImportPlan plan = ImportReader.read(ImportFile.of(file), options);
            ImportPlan other = ImportReader.read(ImportFile.of(file), options, texts);
            assertThat(other.items()).extracting(Item::title).isEqualTo(titles(plan));
            assertThat(other.items())
                    .extracting(Item::description)
                    .isEqualTo(plan.items().stream().map(Item::description).toList());
            if (plan.lineCount() <= ImportPlan.MAX_LINES_IN_MEMORY) {
                assertThat(other.lines()).isEqualTo(plan.lines());
            } else {
                assertThat(other.lines()).hasSize(Math.min(plan.lineCount(), ImportPlan.MAX_LINES));
            }
            return plan;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static ImportPlan readFile(String name) {
        return read(
                file(name),
                new ImportReader.Options(null, null, "C:\\Users\\ada\\" + name, null, Map.of(), BERLIN, NOW));
    }

    static Item item(ImportPlan plan, String title) {
        return plan.items().stream()
                .filter(item -> item.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No item " + title + " in " + titles(plan)));
    }

    static List<String> titles(ImportPlan plan) {
        return plan.items().stream().map(Item::title).toList();
    }

    static List<String> labels(ImportPlan plan, Item item) {
        return plan.labels().stream()
                .filter(label -> item.labelKeys().contains(label.key()))
                .map(ImportPlan.Label::name)
                .toList();
    }

    static String section(ImportPlan plan, Item item) {
        return plan.sections().stream()
                .filter(section -> section.key().equals(item.sectionKey()))
                .map(ImportPlan.Section::name)
                .findFirst()
                .orElse("");
    }

    static String parent(ImportPlan plan, Item item) {
        return plan.items().stream()
                .filter(other -> other.key().equals(item.parentKey()))
                .map(Item::title)
                .findFirst()
                .orElse("");
    }

    /// What was reported, as `12 left-out recurrence` or `/cards/3 adjusted untitled`.
    static List<String> report(ImportPlan plan) {
        return plan.lines().stream()
                .map(line -> place(line) + " " + line.severity().text() + " " + line.code())
                .map(String::strip)
                .toList();
    }

    private static String place(ReportLine line) {
        return line.path() != null
                ? line.path()
                : line.line() == null ? "" : line.line().toString();
    }
}
