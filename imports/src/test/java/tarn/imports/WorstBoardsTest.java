package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Boards of 25 MB that are made to fill the memory: each is read or refused within 64 MB.
final class WorstBoardsTest {
    private static final int FILE_BYTES = 25 << 20;
    private static final int HEAP_MEGABYTES = 64;
    private static final List<String> WORST =
            List.of("lists", "customFields", "cards of one letter outside Latin-1", "completions", "label references");

    /// A file: its beginning, one part as often as it fits (but at most so often), its end.
    private record Board(String begin, int most, String separator, IntFunction<String> part, String end) {
        Board(String begin, IntFunction<String> part, String end) {
            this(begin, Integer.MAX_VALUE, ",", part, end);
        }

        Board(String begin, int most, IntFunction<String> part, String end) {
            this(begin, most, ",", part, end);
        }

        void write(Path file) throws IOException {
            try (BufferedWriter text = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                text.write(begin);
                int left = FILE_BYTES - begin.length() - end.length();
                for (int index = 0; index < most; index++) {
                    String next = (index == 0 ? "" : separator) + part.apply(index);
                    left -= next.getBytes(StandardCharsets.UTF_8).length;
                    if (left < 0) {
                        break;
                    }
                    text.write(next);
                }
                text.write(end);
            }
        }
    }

    /// One value of 25 MB.
    private static Board filled(String begin, String part, String end) {
        return new Board(begin, Integer.MAX_VALUE, "", any -> part, end);
    }

    private static Map<String, Board> boards() {
        String cards = "{\"lists\":[{\"id\":\"l\"}],\"cards\":[";
        String end = "]}";
        Map<String, Board> boards = new LinkedHashMap<>();
        boards.put("lists", new Board("{\"cards\":[],\"lists\":[", i -> "{\"name\":\"" + i % 10 + "\"}", end));
        boards.put(
                "customFields",
                new Board(
                        "{\"lists\":[],\"cards\":[],\"customFields\":[",
                        i -> "{\"id\":\"" + i + "\",\"name\":\"x\"}",
                        end));
        boards.put(
                "cards of one letter outside Latin-1",
                new Board(
                        cards,
                        ImportPlan.MAX_ITEMS,
                        i -> "{\"id\":\"" + i + "\",\"idList\":\"l\",\"name\":\"€\",\"desc\":\"€" + "x".repeat(1_250)
                                + "\"}",
                        end));
        boards.put(
                "completions",
                new Board(
                        "{\"lists\":[],\"cards\":[],\"actions\":[",
                        i -> "{\"type\":\"updateCard\",\"date\":\"2026-01-01\",\"data\":{\"card\":{\"id\":\"" + i
                                + "\",\"dueComplete\":true},\"old\":{\"dueComplete\":false}}}",
                        end));
        boards.put(
                "label references",
                new Board(
                        "{\"lists\":[],\"labels\":[" + labels() + "],\"cards\":[",
                        i -> "{\"idLabels\":[" + references() + "]}",
                        end));
        boards.put("labels", new Board("{\"lists\":[],\"cards\":[],\"labels\":[", i -> "{\"id\":\"" + i + "\"}", end));
        boards.put(
                "members", new Board("{\"lists\":[],\"cards\":[],\"members\":[", i -> "{\"id\":\"" + i + "\"}", end));
        boards.put("checklists", new Board("{\"lists\":[],\"cards\":[],\"checklists\":[", i -> "{}", end));
        boards.put(
                "checklists with long names",
                new Board(
                        "{\"lists\":[],\"cards\":[],\"checklists\":[",
                        ImportPlan.MAX_ITEMS,
                        i -> "{\"name\":\"€" + "x".repeat(1_250) + "\"}",
                        end));
        boards.put(
                "check items",
                new Board(
                        "{\"lists\":[],\"cards\":[{\"id\":\"c\"}],\"checklists\":[{\"idCard\":\"c\",\"checkItems\":[",
                        19_900,
                        i -> "{\"name\":\"€" + "x".repeat(1_250) + "\"}",
                        "]}]}"));
        boards.put("cards", new Board(cards, i -> "{}", end));
        boards.put(
                "attachments of one card",
                new Board(cards + "{\"attachments\":[", i -> "{\"name\":\"€" + "x".repeat(9_000) + "\"}", "]}]}"));
        boards.put(
                "members of one card",
                new Board(cards + "{\"members\":[", i -> "{\"fullName\":\"" + i + "\"}", "]}]}"));
        boards.put(
                "options",
                new Board(
                        "{\"lists\":[],\"cards\":[],\"customFields\":[{\"id\":\"f\",\"options\":[",
                        i -> "{\"id\":\"" + i + "\",\"value\":{\"text\":\"" + "x".repeat(2_000) + "\"}}",
                        "]}]}"));
        boards.put("wide", new Board("{\"lists\":[],\"cards\":[],\"x\":{", i -> "\"k" + i + "\":1", "}}"));
        boards.put("wide board", new Board("{\"lists\":[],\"cards\":[],", i -> "\"k" + i + "\":1", "}"));
        boards.put("wide card", new Board(cards + "{", i -> "\"k" + i + "\":\"v\"", "}]}"));
        boards.put("numbers instead of cards", new Board(cards, i -> "1", end));
        boards.put("deep", filled("{\"x\":", "[", ""));
        boards.put("a huge number", filled("{\"x\":", "9", "}"));
        boards.put("a huge number as position", filled(cards + "{\"pos\":", "9", "}]}"));
        boards.put("a huge key", filled("{\"", "k", "\":1}"));
        boards.put("a huge name", filled("{\"name\":\"", "x", "\"}"));
        boards.put("a huge name of escapes", filled("{\"name\":\"", "\\u20ac", "\"}"));
        boards.put("a huge unknown text", filled("{\"lists\":[],\"cards\":[],\"x\":\"", "x", "\"}"));
        boards.put("blanks", filled("{\"lists\":[],\"cards\":[]", " ", "}"));
        boards.put(
                "descriptions of a million letters",
                new Board(cards, i -> "{\"desc\":\"€" + "x".repeat(999_000) + "\"}", end));
        boards.put(
                "titles of many lines", new Board(cards, i -> "{\"name\":\"€" + "x\\n".repeat(100_000) + "\"}", end));
        boards.put("embedded checklists", new Board(cards + "{\"checklists\":[", i -> "{}", "]}]}"));
        boards.put("comments", new Board("{\"lists\":[],\"cards\":[],\"actions\":[", i -> "{\"type\":\"x\"}", end));
        boards.put(
                "label names",
                new Board("{\"lists\":[],\"cards\":[],\"labelNames\":{", i -> "\"c" + i + "\":\"n\"", "}}"));
        boards.put("the same key again", new Board(cards + "{", i -> "\"name\":\"n\"", "}]}"));
        return boards;
    }

    private static String labels() {
        StringBuilder labels = new StringBuilder();
        for (int label = 0; label < ImportPlan.MAX_LABELS; label++) {
            labels.append(label == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(label)
                    .append("\"}");
        }
        return labels.toString();
    }

    private static String references() {
        List<String> references = new ArrayList<>();
        for (int label = 0; label < ImportPlan.MAX_LABELS; label++) {
            references.add("\"" + label + "\"");
        }
        return String.join(",", references);
    }

    @Test
    void aBoardOf25MegabytesNeverFillsASmallHeap() throws Exception {
        assertReadOrRefused(WORST);
    }

    @Test
    @Tag("long")
    void noOtherBoardDoesEither() throws Exception {
        assertReadOrRefused(List.copyOf(boards().keySet()));
    }

    private static void assertReadOrRefused(List<String> names) throws Exception {
        SmallHeap.Run run = SmallHeap.run(WorstBoardsTest.class, HEAP_MEGABYTES, names);

        assertThat(run.output().lines().filter(line -> line.startsWith("done ")))
                .as(run.output())
                .hasSameSizeAs(names);
        assertThat(run.status()).as(run.output()).isZero();
    }

    /// Writes each board to a file, reads it and says what came of it.
    public static void main(String[] names) throws IOException {
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        Path file = Files.createTempFile("board", ".json");
        try {
            for (String name : names) {
                Board board = Objects.requireNonNull(boards().get(name), name);
                out.println("begin " + name);
                board.write(file);
                long start = System.nanoTime();
                String outcome;
                try {
                    ImportPlan plan = ImportReader.read(
                            () -> Files.newInputStream(file), ImportReader.Options.of(Exports.BERLIN, Exports.NOW));
                    outcome = plan.items().size() + " items, " + plan.lineCount() + " lines";
                } catch (UnreadableImport refused) {
                    outcome = refused.code();
                }
                out.println("done " + name + ": " + outcome + ", " + (System.nanoTime() - start) / 1_000_000 + " ms");
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
