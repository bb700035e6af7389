package tarn.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Severity;

/// The rows of a CSV file with a detected delimiter; each [#forEach] parses the file again instead
/// of storing rows.
final class CsvTable {

    /// A row with content.
    ///
    /// @param line on which it starts, from 1
    record Row(int line, List<String> cells) {

        /// The cell without surrounding space, or the empty text when the row is shorter.
        String cell(int column) {
            return column >= 0 && column < cells.size() ? cells.get(column).strip() : "";
        }

        /// How many cells there are up to the last one with content.
        int width() {
            int width = cells.size();
            while (width > 0 && cells.get(width - 1).isBlank()) {
                width--;
            }
            return width;
        }

        /// The cells with content, in quotation marks.
        String quoted() {
            StringJoiner quoted = new StringJoiner(", ");
            for (String cell : cells) {
                if (!cell.isBlank() && quoted.length() < 1000) {
                    quoted.add(PlanDraft.quoted(cell.strip()));
                }
            }
            return quoted.toString();
        }

        private boolean hasOuterSpace() {
            for (String cell : cells) {
                if (!cell.isEmpty()
                        && (Character.isWhitespace(cell.charAt(0))
                                || Character.isWhitespace(cell.charAt(cell.length() - 1)))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final int SAMPLE_CHARACTERS = 200_000;
    private static final int SAMPLE_ROWS = 50;
    private static final int HEAD_ROWS = 50;
    private static final int MAX_JOINED = 12;
    private static final int MAX_WIDTH_MENDED = 200;
    private static final Pattern SEPARATOR_LINE = Pattern.compile("sep=([,;|\t])\r?\n?");
    private static final Pattern LINE_NUMBER = Pattern.compile("line (\\d{1,9})");

    private final FileText file;
    private final char delimiter;
    private final boolean separatorLine;
    private final CsvQuoteCheck quotes;
    private int trimmedLine;
    private int shortLine;
    private int shortRows;

    private CsvTable(FileText file, char delimiter, boolean separatorLine, CsvQuoteCheck quotes) {
        this.file = file;
        this.delimiter = delimiter;
        this.separatorLine = separatorLine;
        this.quotes = quotes;
    }

    /// Detects the delimiter and checks the quotation marks.
    ///
    /// @throws UnreadableImport when a quotation mark is missing
    static CsvTable of(FileText file) throws IOException {
        String sample = file.head(SAMPLE_CHARACTERS);
        Matcher separator = SEPARATOR_LINE.matcher(sample);
        boolean separatorLine = separator.lookingAt();
        char delimiter = separatorLine ? separator.group(1).charAt(0) : delimiterOf(sample);
        try (Reader text = file.open()) {
            return new CsvTable(file, delimiter, separatorLine, CsvQuoteCheck.of(text, delimiter, file.isCut()));
        }
    }

    /// Reports how cells differ from the file's content, after all rows were read.
    void reportCells(PlanDraft draft) {
        for (CsvQuoteCheck.Stray stray : quotes.strays()) {
            draft.report(
                    PlanDraft.SourceLocation.line(stray.line()),
                    Severity.ADJUSTED,
                    "stray-quote",
                    "After a closing quotation mark there is more text (line " + stray.line() + ", column "
                            + stray.column() + "). The value was read as well as possible.");
        }
        int further = quotes.strayCount() - quotes.strays().size();
        if (further > 0) {
            draft.report(
                    PlanDraft.SourceLocation.FILE,
                    Severity.ADJUSTED,
                    "stray-quote",
                    "The same is true of " + further + " more places.");
        }
        if (shortRows > 0) {
            draft.report(
                    PlanDraft.SourceLocation.line(shortLine),
                    Severity.INFO,
                    "too-few-fields",
                    "This row has fewer fields than the header"
                            + (shortRows == 1 ? "" : ", like " + (shortRows - 1) + " more")
                            + ". The missing ones were taken as empty.");
        }
        if (trimmedLine > 0) {
            draft.report(
                    PlanDraft.SourceLocation.line(trimmedLine),
                    Severity.INFO,
                    "trimmed",
                    "Blanks at the beginning and the end of cells were removed, first on this line.");
        }
    }

    /// The first 50 rows, among which the header is sought.
    List<Row> head() throws IOException {
        List<Row> head = new ArrayList<>();
        int[] length = {0};
        try (Reader text = file.open()) {
            read(text, delimiter, separatorLine, isStrict(), row -> {
                head.add(row);
                for (String cell : row.cells()) {
                    length[0] += cell.length();
                }
                return head.size() < HEAD_ROWS && length[0] < SAMPLE_CHARACTERS;
            });
        }
        return head;
    }

    /// Passes on every row that is not blank.
    void forEach(Consumer<Row> action) throws IOException {
        try (Reader text = file.open()) {
            read(text, delimiter, separatorLine, isStrict(), row -> {
                if (trimmedLine == 0 && row.hasOuterSpace()) {
                    trimmedLine = row.line();
                }
                action.accept(row);
                return true;
            });
        }
    }

    /// Counts a row with fewer cells than the header.
    void countShort(Row row) {
        shortLine = shortRows == 0 ? row.line() : shortLine;
        shortRows++;
    }

    private boolean isStrict() {
        return quotes.strayCount() == 0;
    }

    /// Reads rows until the end or until no more are wanted.
    private static void read(
            Reader text, char delimiter, boolean separatorLine, boolean strict, Predicate<Row> wantsMore)
            throws IOException {
        CsvReader.CsvReaderBuilder builder = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(ImportPlan.MAX_ROW_CHARACTERS);
        CsvReader.CsvReaderBuilder mode =
                strict ? builder.trimWhitespacesAroundQuotes(true) : builder.allowExtraCharsAfterClosingQuote(true);
        CsvRecordHandler limits = CsvRecordHandler.builder()
                .maxFields(ImportPlan.MAX_COLUMNS)
                .maxFieldSize(ImportPlan.MAX_CELL_CHARACTERS)
                .maxRecordSize(ImportPlan.MAX_ROW_CHARACTERS)
                .build();
        try {
            for (CsvRecord row : mode.build(limits, text)) {
                boolean separator = separatorLine && row.getStartingLineNumber() == 1;
                if (!separator
                        && !isBlank(row)
                        && !wantsMore.test(new Row((int) row.getStartingLineNumber(), row.getFields()))) {
                    return;
                }
            }
        } catch (CsvParseException tooLarge) {
            throw tooLarge(tooLarge);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static boolean isBlank(CsvRecord row) {
        for (String cell : row.getFields()) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }

    private static UnreadableImport tooLarge(CsvParseException cause) {
        Throwable innermost = cause.getCause() == null ? cause : cause.getCause();
        Matcher line = LINE_NUMBER.matcher(innermost.getMessage() + " " + cause.getMessage());
        return new UnreadableImport(
                "row-too-large",
                "The row that begins on line " + (line.find() ? line.group(1) : "1") + " has more than "
                        + ImportPlan.MAX_COLUMNS + " columns, a cell of more than " + ImportPlan.MAX_CELL_CHARACTERS
                        + " characters or more than " + ImportPlan.MAX_ROW_CHARACTERS
                        + " characters in all. Is a quotation mark missing?");
    }

    /// The delimiter that yields most known column names, then most rows of equal width, then most
    /// columns.
    private static char delimiterOf(String sample) throws IOException {
        int lastLine = sample.length() < SAMPLE_CHARACTERS ? -1 : sample.lastIndexOf('\n');
        String lines = lastLine > 0 ? sample.substring(0, lastLine) : sample;
        char best = ',';
        double bestScore = 1;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            double score = score(lines, candidate);
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    private static double score(String sample, char candidate) throws IOException {
        Map<Integer, Integer> rowsOfWidth = new HashMap<>();
        int[] rows = {0};
        int[] known = {0};
        try {
            read(new StringReader(sample), candidate, false, false, row -> {
                rowsOfWidth.merge(row.cells().size(), 1, Integer::sum);
                known[0] = Math.max(known[0], CsvHeader.known(row));
                return ++rows[0] < SAMPLE_ROWS;
            });
        } catch (UnreadableImport tooLarge) {
            return 0;
        }
        double widest = 0;
        for (Map.Entry<Integer, Integer> entry : rowsOfWidth.entrySet()) {
            double share = entry.getValue() / (double) rows[0];
            widest = Math.max(widest, entry.getKey() * share * share);
        }
        return (known[0] > 1 ? known[0] * (double) ImportPlan.MAX_COLUMNS : 0) + widest;
    }

    /// Repairs a row with too many cells by joining those of a free text with unquoted commas.
    ///
    /// @param width number of columns of the header
    /// @param texts the columns that may hold free text, left to right, one or two
    /// @param sensible whether the other cells of a candidate are plausible
    /// @return null when no repair is plausible
    @Nullable
    Row rejoined(Row row, int width, int[] texts, Predicate<Row> sensible) {
        int extra = row.cells().size() - width;
        int needed = Math.max(1, row.width() - width);
        if (needed > MAX_JOINED || width > MAX_WIDTH_MENDED || texts.length == 0) {
            return null;
        }
        for (int joined = needed; joined <= Math.min(extra, MAX_JOINED); joined++) {
            Row shorter = new Row(row.line(), row.cells().subList(0, width + joined));
            Row candidate = rejoined(shorter, joined, texts, sensible, width);
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }

    private @Nullable Row rejoined(Row row, int extra, int[] texts, Predicate<Row> sensible, int width) {
        Row best = null;
        int bestOdd = Integer.MAX_VALUE;
        for (int inFirst = extra; inFirst >= 0; inFirst--) {
            int inSecond = extra - inFirst;
            if (inSecond > 0 && texts.length < 2) {
                break;
            }
            int odd = seams(row, texts[0], inFirst) + seams(row, texts[texts.length - 1] + inFirst, inSecond);
            if (odd < bestOdd) {
                Row candidate = joined(row, texts[0], inFirst, texts[texts.length - 1], inSecond);
                if (candidate.cells().size() == width && sensible.test(candidate)) {
                    best = candidate;
                    bestOdd = odd;
                }
            }
        }
        return best;
    }

    private Row joined(Row row, int first, int inFirst, int second, int inSecond) {
        List<String> written = row.cells();
        List<String> cells = new ArrayList<>(written.size());
        int from = 0;
        while (from < written.size()) {
            int column = cells.size();
            int more = (column == first ? inFirst : 0) + (column == second ? inSecond : 0);
            cells.add(String.join(String.valueOf(delimiter), written.subList(from, from + more + 1)));
            from += more + 1;
        }
        return new Row(row.line(), cells);
    }

    /// Number of joins without a space after the delimiter, which is rare within text.
    private static int seams(Row row, int column, int count) {
        int odd = 0;
        for (String cell : row.cells().subList(column + 1, column + 1 + count)) {
            odd += cell.startsWith(" ") ? 0 : 1;
        }
        return odd;
    }
}
