package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files of nearly 100 MB with as many tasks as a job takes are read within a heap of 96 MB, when
/// their texts are kept in a file.
@Timeout(240)
final class LargeFilesTest {

    private static final int HEAP_MEGABYTES = 96;
    private static final String WORDS = "Schnürsenkel and a €uro, word after word. ";

    @Test
    void aTableOf100MegabytesIsRead() throws Exception {
        assertThat(outcomes("table")).containsExactly("60000 tasks, 0 comments, 96000000 characters");
    }

    @Test
    @Tag("long")
    void aBoardOf100MegabytesIsRead() throws Exception {
        assertThat(outcomes("board")).containsExactly("40000 tasks, 20000 comments, 91000000 characters");
    }

    private static List<String> outcomes(String file) throws IOException, InterruptedException {
        SmallHeap.Run run = SmallHeap.run(LargeFilesTest.class, HEAP_MEGABYTES, List.of(file));
        assertThat(run.status()).as(run.output()).isZero();
        return run.output().lines().toList();
    }

    /// Reads a file and prints what it comes to.
    public static void main(String[] names) throws IOException {
        Path path = Files.createTempFile("tarn-large-", "");
        try (PlanTexts texts = PlanTexts.inFile()) {
            if ("table".equals(names[0])) {
                writeTable(path);
            } else {
                writeBoard(path);
            }
            ImportPlan plan = ImportReader.read(
                    () -> Files.newInputStream(path), ImportReader.Options.of(Exports.BERLIN, Exports.NOW), texts);
            long characters = 0;
            for (ImportPlan.Item item : plan.items()) {
                characters += item.description().length();
            }
            for (ImportPlan.Comment comment : plan.comments()) {
                characters += comment.text().length();
            }
            System.out.println(plan.items().size() + " tasks, "
                    + plan.comments().size() + " comments, " + characters + " characters");
        } finally {
            Files.delete(path);
        }
    }

    private static void writeTable(Path path) throws IOException {
        String notes = text(1_600);
        write(path, "title,notes\n", 60_000, row -> "Task " + row + ",\"" + notes + "\"\n", "");
    }

    private static void writeBoard(Path path) throws IOException {
        String description = text(2_000);
        String comment = text(550);
        write(
                path,
                "{\"lists\":[{\"id\":\"l\",\"name\":\"L\"}],\"cards\":[",
                40_000,
                card -> """
                        %s{"id":"c%d","idList":"l","pos":%d,"name":"Card %d","desc":"%s"}\
                        """.formatted(card == 0 ? "" : ",", card, card, card, description),
                "],\"actions\":[");
        append(path, 20_000, action -> """
                        %s{"type":"commentCard","date":"2026-02-01T10:00:00.000Z","memberCreator":{"fullName":"Ada"},\
                        "data":{"card":{"id":"c%d"},"text":"%s"}}\
                        """.formatted(action == 0 ? "" : ",", action, comment), "]}");
    }

    /// A text of exactly so many characters, which ends with a letter.
    private static String text(int characters) {
        return WORDS.repeat(characters / WORDS.length() + 1).substring(0, characters - 1) + "x";
    }

    private static void write(Path path, String begin, int parts, IntFunction<String> part, String end)
            throws IOException {
        Files.writeString(path, begin);
        append(path, parts, part, end);
    }

    private static void append(Path path, int parts, IntFunction<String> part, String end) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int number = 0; number < parts; number++) {
                out.write(part.apply(number));
            }
            out.write(end);
        }
    }
}
