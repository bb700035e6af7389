package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImportPreviewTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        windows-1252  | WINDOWS_1252 | Grüße bestellen
        windows-1252  | WINDOWS_1252 | Fußböden wischen
        windows-1252  | WINDOWS_1252 | Año nuevo
        windows-1252  | WINDOWS_1252 | Åk till Malmö
        windows-1250  | WINDOWS_1250 | Zażółć gęślą jaźń
        windows-1250  | WINDOWS_1250 | Příliš žluťoučký kůň
        windows-1251  | WINDOWS_1251 | Привет мир
        windows-31j   | SHIFT_JIS    | 会議の準備
        GBK           | GBK          | 会议准备
        x-windows-949 | EUC_KR       | 회의 준비
        """)
    void tellsTheGuessOfTheImport(String charset, ImportCharset guess, String title) throws IOException {
        byte[] file = ("title,due\n" + title + ",2026-12-01\n").getBytes(Charset.forName(charset));

        ImportPreview preview = preview(file, null);

        assertThat(preview.charset()).isEqualTo(guess);
        assertThat(preview.isCharsetGuessed()).isTrue();
        assertThat(preview.titles()).containsExactly(title);
        assertThat(Exports.titles(Exports.read(file, ImportReader.Options.of(Exports.BERLIN, Exports.NOW))))
                .containsExactly(title);
    }

    @Test
    void followsTheCallerAndTheMark() throws IOException {
        byte[] latin = "title\nÜber\n".getBytes(Charset.forName("windows-1252"));
        byte[] marked = "\uFEFFtitle\nÜber\n".getBytes(StandardCharsets.UTF_16LE);

        ImportPreview named = preview(latin, ImportCharset.WINDOWS_1251);
        ImportPreview utf16 = preview(marked, null);

        assertThat(named.isCharsetGuessed()).isFalse();
        assertThat(named.titles()).containsExactly("Ьber");
        assertThat(utf16.charset()).isEqualTo(ImportCharset.UTF_16);
        assertThat(utf16.isCharsetGuessed()).isFalse();
        assertThat(utf16.titles()).containsExactly("Über");
    }

    @Test
    void showsTitlesThatTellTheCharsetFirst() throws IOException {
        assertThat(preview("title\nRope\nÜber\nRake\nRope\nÖl\n").titles()).containsExactly("Über", "Öl", "Rope");
    }

    @Test
    void namesTheColumnsOfATableAlsoWhereNoneHoldsTitles() throws IOException {
        ImportPreview preview = preview("Tasks of March\n\nTool;;Where\nRake;;shed\n");

        assertThat(preview.format()).isEqualTo(ImportFormat.CSV);
        assertThat(preview.columns()).containsExactly("Tool", "Where");
        assertThat(preview.titles()).isEmpty();
    }

    @Test
    void readsTheTitlesFromTheColumnThatTheCallerNames() throws IOException {
        ImportReader.Options options =
                new ImportReader.Options(null, null, null, null, Map.of("title", "Tool"), Exports.BERLIN, Exports.NOW);

        ImportPreview preview = ImportPreview.of("Tool,Where\nRake,shed\n".getBytes(StandardCharsets.UTF_8), options);

        assertThat(preview.titles()).containsExactly("Rake");
    }

    @Test
    void recognisesOtherFormats() throws IOException {
        ImportPreview board =
                ImportPreview.of(Exports.file("board.json"), ImportReader.Options.of(Exports.BERLIN, Exports.NOW));
        ImportPreview todoist = preview("TYPE,CONTENT\ntask,Rope\n");

        assertThat(board.format()).isEqualTo(ImportFormat.TRELLO);
        assertThat(board.titles()).hasSize(ImportPreview.MAX_TITLES);
        assertThat(todoist.format()).isEqualTo(ImportFormat.TODOIST);
        assertThat(todoist.columns()).isEmpty();
        assertThat(todoist.titles()).containsExactly("Rope");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "windows-1252"})
    void readsTheBeginningOfALargerFileWhereverItEnds(String charset) throws IOException {
        String row = "Grüße,\"in quotes\nand on two lines, für ä\"\n";
        for (int shift = 0; shift < row.length(); shift++) {
            byte[] file = (" ".repeat(shift) + "title,notes\n" + row.repeat(3_000)).getBytes(Charset.forName(charset));

            ImportPreview preview = preview(Arrays.copyOf(file, ImportPreview.MAX_BYTES), null);

            assertThat(preview.titles()).containsExactly("Grüße");
        }
    }

    @Test
    void takesALineWithoutEndForUtf8() throws IOException {
        byte[] board = ("{\"name\":\"" + "ä".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        byte[] beginning = Arrays.copyOf(board, ImportPreview.MAX_BYTES);

        ImportPreview preview = preview(beginning, null);

        assertThat(preview.charset()).isEqualTo(ImportCharset.UTF_8);
        assertThat(preview.titles()).isEmpty();
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatThrownBy(() -> preview("")).hasMessageStartingWith("empty");
        assertThatThrownBy(() -> preview("%PDF-1.7")).hasMessageStartingWith("unsupported-format");
    }

    private static ImportPreview preview(String text) throws IOException {
        return preview(text.getBytes(StandardCharsets.UTF_8), null);
    }

    private static ImportPreview preview(byte[] file, @Nullable ImportCharset charset) throws IOException {
        return ImportPreview.of(
                file, new ImportReader.Options(null, null, null, charset, Map.of(), Exports.BERLIN, Exports.NOW));
    }
}
