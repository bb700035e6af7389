package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files made to break a reader: refused with a place, or read within bounds.
@Timeout(30)
final class HostileImportTest {
    private static final int MEGABYTES = 1 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"board.json", "rich-board.json", "trip [2203].csv", "fahrrad.csv"})
    void damagedFilesAreReadOrRefusedButNothingElse(String name) {
        byte[] file = Exports.file(name);
        long seed = 20261121L;
        Random random = new Random(seed);
        ImportReader.Options options = ImportReader.Options.of(Exports.BERLIN, Exports.NOW);

        for (int round = 0; round < 1500; round++) {
            byte[] damaged = Arrays.copyOf(file, round % 3 == 0 ? random.nextInt(file.length) : file.length);
            for (int flips = random.nextInt(8); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                Exports.read(damaged, options);
            } catch (UnreadableImport refusal) {
                assertThat(refusal.detail()).isNotBlank();
            } catch (RuntimeException other) {
                throw new AssertionError("Seed " + seed + ", round " + round + " of " + name, other);
            }
        }
    }

    @Test
    void hugeFilesAreRefusedQuickly() {
        assertRefused("title\n" + "a".repeat(25 * MEGABYTES), "row-too-large", "line 2");
        assertRefused("title,due\nA,\n" + ",".repeat(25 * MEGABYTES), "row-too-large", "line 3");
        assertRefused("title\n" + "a\n".repeat(10 * MEGABYTES), "too-many-items", "60000");
        assertRefused("\"".repeat(8 * MEGABYTES + 1), "unbalanced-quote", "line 1, column 1");
        assertRefused("{\"lists\":[],\"cards\":[" + "{},".repeat(70_000) + "{}]}", "too-many-items", "60000");
        assertRefused("{\"a\":" + "[".repeat(5 * MEGABYTES), "too-large", "line 1, column 10");
        assertRefused(
                "{\"lists\":[],\"cards\":[{\"pos\":" + "9".repeat(MEGABYTES) + "}]}", "too-large", "/cards/0/pos");
        assertRefused(
                "{\"lists\":[],\"cards\":[{\"desc\":\"" + "x".repeat(5 * MEGABYTES) + "\"}]}",
                "too-large",
                "/cards/0/desc");
    }

    @Test
    void theLimitsAreTrue() {
        String comments = ",Comment".repeat(ImportPlan.MAX_COLUMNS - 1);
        ImportPlan wide = Exports.read("title" + comments + "\nA" + ",c".repeat(ImportPlan.MAX_COLUMNS - 1) + "\n");
        ImportPlan tall = Exports.read("title\n" + "a\n".repeat(ImportPlan.MAX_ITEMS));

        assertThat(wide.items().getFirst().description()).hasSize(50_000).startsWith("Comment: c\nComment: c");
        assertThat(tall.items()).hasSize(ImportPlan.MAX_ITEMS);
        assertRefused("title" + comments + ",One\n", "row-too-large", "more than 10000 columns");
        assertRefused("title\n" + "a\n".repeat(ImportPlan.MAX_ITEMS + 1), "too-many-items", "60000");
    }

    @Test
    void aTaskHasFiftyLabelsAtMost() {
        StringBuilder labels = new StringBuilder();
        for (int label = 1; label <= 51; label++) {
            labels.append('l').append(label).append(';');
        }

        ImportPlan plan = Exports.read("title,labels\nA," + labels + "\n");

        assertThat(plan.items().getFirst().labelKeys()).hasSize(ImportPlan.MAX_TASK_LABELS);
        assertThat(plan.items().getFirst().description()).isEqualTo("Label: l51");
        assertThat(Exports.report(plan)).containsExactly("2 adjusted too-many-labels");
    }

    @Test
    void aSmallFileDoesNotUnfoldIntoAHugePlan() {
        StringBuilder header = new StringBuilder("title");
        for (int column = 0; column < 500; column++) {
            header.append(',').append("column ".repeat(11)).append(column);
        }
        String rows = ("t" + ",1".repeat(500) + "\n").repeat(3000);

        assertRefused(header + "\n" + rows, "too-large", "Split it");
    }

    @Test
    void readsALargeBoardWithinSeconds() {
        StringBuilder board = new StringBuilder("{\"lists\":[{\"id\":\"l\",\"name\":\"L\"}],\"cards\":[");
        String description = "word ".repeat(200);
        for (int card = 0; card < 19_000; card++) {
            board.append(card == 0 ? "" : ",").append("""
                {"id":"%d","idList":"l","pos":%d.5,"name":"Card","desc":"%s"}\
                """.formatted(card, -card, description));
        }
        board.append("],\"junk\":\"").append("x".repeat(5 * MEGABYTES)).append("\"}");

        ImportPlan plan = Exports.read(board.toString());

        assertThat(plan.items()).hasSize(19_000);
    }

    @Test
    @Timeout(10)
    void longChainsOfParentsAreFlattenedInLinearTime() {
        StringBuilder csv = new StringBuilder("id,title,parent\n");
        for (int row = 0; row < 19_999; row++) {
            csv.append(row).append(",t").append(row).append(',').append(row + 1).append('\n');
        }

        ImportPlan plan = Exports.read(csv.toString());

        assertThat(plan.items()).hasSize(19_999);
        assertThat(plan.lines()).hasSize(ImportPlan.MAX_LINES_IN_MEMORY);
        assertThat(plan.lineCount()).isGreaterThan(ImportPlan.MAX_LINES_IN_MEMORY);
    }

    @Test
    void aFullReportKeepsTheGravestLines() {
        StringBuilder csv = new StringBuilder("key,title,due\n");
        csv.append("A,t,\n".repeat(10_000)).append("B,Rent,every month\n").append("C,Tea,soon\n");

        ImportPlan plan = Exports.read(csv.toString());

        assertThat(plan.lineCount()).isEqualTo(10_001);
        assertThat(plan.lines()).hasSize(ImportPlan.MAX_LINES_IN_MEMORY);
        assertThat(Exports.report(plan)).contains("10002 left-out recurrence", "10003 adjusted unknown-date");
    }

    @Test
    void sectionsAndLabelsBeyondTheLimitAreTextAndReported() {
        StringBuilder csv = new StringBuilder("title,section,labels\n");
        for (int row = 0; row <= 1000; row++) {
            csv.append("t,s").append(row).append(",l").append(row).append('\n');
        }

        ImportPlan plan = Exports.read(csv.toString());

        assertThat(plan.sections()).hasSize(ImportPlan.MAX_SECTIONS);
        assertThat(plan.labels()).hasSize(ImportPlan.MAX_LABELS);
        assertThat(plan.items().getLast().description()).isEqualTo("Label: l1000\nsection: s1000");
        assertThat(Exports.report(plan))
                .containsExactly("502 left-out too-many-sections", "1002 left-out too-many-labels");
    }

    @Test
    void whatPostgresCannotStoreIsReplaced() {
        ImportPlan json = Exports.read(
                "{\"name\":\"\\ud800\",\"lists\":[],\"cards\":[{\"name\":\"a\\u0000\",\"desc\":\"\\udc00\"}]}");
        ImportPlan csv = Exports.read("title,due\na\0b,2026-01-05\n");

        assertThat(json.projectName()).isEqualTo("\uFFFD");
        assertThat(json.items().getFirst().title()).isEqualTo("a\uFFFD");
        assertThat(json.items().getFirst().description()).isEqualTo("\uFFFD");
        assertThat(csv.items().getFirst().title()).isEqualTo("a\uFFFDb");
        assertThat(Exports.report(csv)).containsExactly("2 adjusted characters-replaced");
    }

    @Test
    void namesAndDescriptionsKeepTheirLimits() {
        String name = "n".repeat(400);
        ImportPlan plan = Exports.read("""
            {"name":"%1$s","desc":"%2$s","lists":[{"id":"l","name":"%1$s"}],"labels":[{"id":"a","name":"%1$s"}],
             "cards":[{"name":"%1$s","desc":"%2$s","idList":"l"}]}\
            """.formatted(name, "d".repeat(60_000)));

        assertThat(plan.projectName()).hasSize(200);
        assertThat(plan.description()).hasSize(20_000);
        assertThat(plan.sections().getFirst().name()).hasSize(300);
        assertThat(plan.labels().getFirst().name()).hasSize(100);
        assertThat(plan.items().getFirst().title()).isEqualTo(name);
        assertThat(plan.items().getFirst().description()).hasSize(50_000);
        assertThat(plan.leftOut()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        PK\u0003\u0004xx               | unsupported-format | ZIP
        BEGIN:VCALENDAR                | unsupported-format | calendar
        <!DOCTYPE html>                | unsupported-format | web page
        (A) 2016-04-19 Fix the roof    | unsupported-format | todo.txt
        x 2024-01-02 2024-01-01 Done   | unsupported-format | todo.txt
        ﻿(B) Call Mum @phone, then Dad | unsupported-format | todo.txt
        '   '                          | empty              | empty
        """)
    void saysWhatAForeignFileIs(String text, String code, String detail) {
        assertRefused(text, code, detail);
    }

    @Test
    void binaryIsNoText() {
        byte[] zeros = new byte[1000];
        ImportReader.Options options = ImportReader.Options.of(Exports.BERLIN, Exports.NOW);

        assertThatThrownBy(() -> Exports.read(zeros, options)).hasMessageStartingWith("unsupported-format");
        assertThatThrownBy(() -> Exports.read(new byte[0], options)).hasMessageStartingWith("empty");
    }

    @Test
    void aMissingQuotationMarkIsNotGuessed() {
        assertRefused("title,notes\nA,\"open\nB,\"text\"\n", "unbalanced-quote", "line 2, column 3 runs to line 3");
        assertRefused("title,notes\r\nA,\"open\r\nB\r\n", "unbalanced-quote", "line 2, column 3 is never closed");
        ImportPlan plan = Exports.read("title,notes\nA,\"say \"hi\" now\"\nB, \"x, y\"\n");
        assertThat(Exports.report(plan)).contains("2 adjusted stray-quote");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        UTF-8        | Über   | €   |
        UTF-16LE     | Über   | €   | info charset
        UTF-16BE     | Über   | €   | info charset
        """)
    void followsTheByteOrderMark(String charset, String title, String notes, @Nullable String line) {
        ImportPlan plan = read("\uFEFFtitle;notes\r\n" + title + ";" + notes + "\r\n", charset, null);

        assertThat(plan.items().getFirst().title()).isEqualTo(title);
        assertThat(plan.items().getFirst().description()).isEqualTo(notes);
        assertThat(Exports.report(plan)).isEqualTo(line == null ? List.of() : List.of(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        UTF-8        | Über          | grün               |
        UTF-16LE     | Über          | grün               | info charset
        UTF-16BE     | Über          | grün               | info charset
        UTF-16LE     | 買い物        | 牛乳、卵           | info charset
        windows-1250 | Zażółć gęślą  | jaźń, książka      | adjusted charset
        windows-1250 | Příliš kůň    | žluťoučký, ďábel   | adjusted charset
        windows-1251 | Купить молоко | сегодня вечером    | adjusted charset
        windows-1252 | Über          | für 20 € – schön   | adjusted charset
        windows-1252 | Réunion       | préparée à l’école | adjusted charset
        windows-31j  | 買い物        | 牛乳を買う         | adjusted charset
        GBK          | 买东西        | 今天晚上买牛奶     | adjusted charset
        x-windows-949 | 장보기       | 오늘 저녁 우유     | adjusted charset
        """)
    void guessesTheCharsetAndSaysSo(String charset, String title, String notes, @Nullable String line) {
        ImportPlan plan = read("title;notes\r\n" + title + ";" + notes + "\r\n", charset, null);

        assertThat(plan.items().getFirst().title()).isEqualTo(title);
        assertThat(plan.items().getFirst().description()).isEqualTo(notes);
        assertThat(Exports.report(plan)).isEqualTo(line == null ? List.of() : List.of(line));
    }

    @Test
    void aRefusalSaysThatTheCharsetIsAGuess() {
        assertThatThrownBy(() -> read("Дело;Итог\nКупить молоко;Да\n", "KOI8-R", null))
                .hasMessageStartingWith("no-title-column")
                .hasMessageContaining("another charset=");
    }

    @ParameterizedTest
    @EnumSource(ImportCharset.class)
    void readsTheCharsetTheCallerNames(ImportCharset charset) {
        ImportPlan plan = read("title\nAb\n", charset.charset().name(), charset);

        assertThat(Exports.titles(plan)).containsExactly("Ab");
        assertThat(Exports.report(read("title\nФ\n", "windows-1251", ImportCharset.WINDOWS_1252)))
                .containsExactly("info charset");
        assertThat(Exports.report(read("title\nФ\n", "windows-1251", ImportCharset.UTF_8)))
                .containsExactly("adjusted damaged-characters");
    }

    private static ImportPlan read(String text, String charset, @Nullable ImportCharset named) {
        ImportReader.Options options =
                new ImportReader.Options(null, null, null, named, Map.of(), Exports.BERLIN, Exports.NOW);
        return Exports.read(text.getBytes(Charset.forName(charset)), options);
    }

    @Test
    void aDamagedByteDoesNotTurnUtf8IntoSomethingElse() {
        byte[] file = "title,notes\nÜber,grün?\n".getBytes(StandardCharsets.UTF_8);
        file[file.length - 2] = (byte) 0xFF;

        ImportPlan plan = Exports.read(file, ImportReader.Options.of(Exports.BERLIN, Exports.NOW));

        assertThat(plan.items().getFirst().title()).isEqualTo("Über");
        assertThat(Exports.report(plan)).containsExactly("adjusted damaged-characters");
    }

    @Test
    void recognisesByContentAndObeysTheCaller() throws IOException {
        byte[] csv = "title,due\nA,\n".getBytes(StandardCharsets.UTF_8);

        assertThat(ImportFormat.of(ImportFile.of(Exports.file("board.json")))).isEqualTo(ImportFormat.TRELLO);
        assertThat(ImportFormat.of(ImportFile.of(Exports.file("trip [2203].csv"))))
                .isEqualTo(ImportFormat.TODOIST);
        assertThat(ImportFormat.of(ImportFile.of(csv)).text()).isEqualTo("csv");
        assertThatThrownBy(() -> Exports.read(csv, as(ImportFormat.TODOIST))).hasMessageStartingWith("not-todoist");
        assertThatThrownBy(() -> Exports.read(csv, as(ImportFormat.TRELLO))).hasMessageStartingWith("malformed");
        assertThat(Exports.read(csv, as(ImportFormat.CSV)).projectName()).isEqualTo("Imported project");
    }

    private static ImportReader.Options as(ImportFormat format) {
        return new ImportReader.Options(format, " ", "/x/.csv", null, Map.of(), Exports.BERLIN, Exports.NOW);
    }

    private static void assertRefused(String text, String code, String detail) {
        long start = System.nanoTime();

        assertThatThrownBy(() -> Exports.read(text)).isInstanceOfSatisfying(UnreadableImport.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.detail()).contains(detail);
        });

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
