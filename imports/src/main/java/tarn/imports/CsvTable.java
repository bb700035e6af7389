package tarn.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Severity;

/// The rows of a CSV file, with its delimiter found out.
///
/// Rows are not kept: [#forEach] reads the text again, so that memory stays bounded by the file.
final class CsvTable {

    /// A row that is not empty.
    ///
    /// @param line on which it begins, from 1
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
    }

    /// Text after a closing quotation mark, where a delimiter should stand.
    private record Stray(int line, int column) {}

    private static final int MAX_COLUMNS = 2_000;
    private static final int MAX_CELL = 1_000_000;
    private static final int MAX_ROW = 4_000_000;
    private static final int SAMPLE = 200_000;
    private static final int SAMPLE_ROWS = 50;
    private static final int HEAD_ROWS = 10;
    private static final int MOST_CUT_IN = 12;
    private static final int WIDEST_MENDED = 200;
    private static final int MOST_STRAYS = 100;
    private static final Pattern SEPARATOR_LINE = Pattern.compile("sep=([,;|\t])\r?\n?");
    private static final Pattern LINE_NUMBER = Pattern.compile("line (\\d{1,9})");

    private final String text;
    private final char delimiter;
    private final boolean separatorLine;
    private final List<Stray> strays = new ArrayList<>();

    private CsvTable(String text, char delimiter, boolean separatorLine) {
        this.text = text;
        this.delimiter = delimiter;
        this.separatorLine = separatorLine;
    }

    /// Finds out the delimiter and checks the quotation marks.
    ///
    /// @throws UnreadableImport if a quotation mark is missing somewhere
    static CsvTable of(FileText file) throws IOException {
        String text = file.text();
        Matcher separator = SEPARATOR_LINE.matcher(text);
        CsvTable table = separator.lookingAt()
                ? new CsvTable(text, separator.group(1).charAt(0), true)
                : new CsvTable(text, delimiterOf(text), false);
        table.checkQuotes();
        return table;
    }

    void reportStrayQuotes(PlanDraft draft) {
        for (Stray stray : strays) {
            draft.report(
                    PlanDraft.Place.line(stray.line()),
                    Severity.ADJUSTED,
                    "stray-quote",
                    "After a closing quotation mark there is more text (line " + stray.line() + ", column "
                            + stray.column() + "). The value was read as well as possible.");
        }
    }

    /// The first rows, among which the header is to be found.
    List<Row> head() {
        try {
            return firstRows(
                    text.substring(0, Math.min(text.length(), MAX_ROW)), delimiter, strays.isEmpty(), HEAD_ROWS);
        } catch (CsvParseException tooLarge) {
            throw tooLarge(tooLarge);
        }
    }

    private List<Row> firstRows(String from, char separator, boolean strict, int count) {
        List<Row> rows = new ArrayList<>();
        for (CsvRecord row : reader(from, separator, strict)) {
            if (!isBlank(row) && !isSeparatorLine(row)) {
                rows.add(new Row((int) row.getStartingLineNumber(), row.getFields()));
            }
            if (rows.size() == count) {
                break;
            }
        }
        return rows;
    }

    /// Every row that is not blank.
    void forEach(Consumer<Row> action) {
        try {
            for (CsvRecord row : reader(text, delimiter, strays.isEmpty())) {
                if (!isBlank(row) && !isSeparatorLine(row)) {
                    action.accept(new Row((int) row.getStartingLineNumber(), row.getFields()));
                }
            }
        } catch (CsvParseException tooLarge) {
            throw tooLarge(tooLarge);
        }
    }

    private boolean isSeparatorLine(CsvRecord row) {
        return separatorLine && row.getStartingLineNumber() == 1;
    }

    private static boolean isBlank(CsvRecord row) {
        for (String cell : row.getFields()) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }

    private static Iterable<CsvRecord> reader(String text, char delimiter, boolean strict) {
        CsvReader.CsvReaderBuilder builder = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(MAX_ROW);
        CsvReader.CsvReaderBuilder mode =
                strict ? builder.trimWhitespacesAroundQuotes(true) : builder.allowExtraCharsAfterClosingQuote(true);
        return () -> {
            try {
                return mode.build(
                                CsvRecordHandler.builder()
                                        .maxFields(MAX_COLUMNS)
                                        .maxFieldSize(MAX_CELL)
                                        .maxRecordSize(MAX_ROW)
                                        .build(),
                                text)
                        .iterator();
            } catch (CsvParseException tooLarge) {
                throw tooLarge(tooLarge);
            }
        };
    }

    private static UnreadableImport tooLarge(CsvParseException cause) {
        Throwable innermost = cause.getCause() == null ? cause : cause.getCause();
        Matcher line = LINE_NUMBER.matcher(innermost.getMessage() + " " + cause.getMessage());
        return new UnreadableImport(
                "row-too-large",
                "The row that begins on line " + (line.find() ? line.group(1) : "1") + " has more than " + MAX_COLUMNS
                        + " columns or is too long. Is a quotation mark missing?");
    }

    /// Walks over the quotation marks once. The parser would take the rest of the file for one value
    /// where a closing mark is missing.
    private void checkQuotes() {
        int line = 1;
        int lineStart = 0;
        int openLine = 0;
        int openColumn = 0;
        boolean quoted = false;
        boolean atStart = true;
        boolean closed = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean lineEnd = c == '\n' || (c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n'));
            if (quoted) {
                if (c == '"') {
                    if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                        at++;
                    } else {
                        quoted = false;
                        closed = true;
                    }
                }
            } else if (c == '"' && atStart) {
                quoted = true;
                atStart = false;
                openLine = line;
                openColumn = at - lineStart + 1;
            } else if (c == delimiter || lineEnd) {
                atStart = true;
                closed = false;
            } else if (!isSpace(c)) {
                if (closed) {
                    stray(openLine, openColumn, line, at - lineStart + 1);
                }
                atStart = false;
                closed = false;
            }
            if (lineEnd) {
                line++;
                lineStart = at + 1;
            }
        }
        if (quoted) {
            throw missingQuote(openLine, openColumn, "is never closed");
        }
    }

    private void stray(int openLine, int openColumn, int line, int column) {
        if (line != openLine) {
            throw missingQuote(openLine, openColumn, "runs to line " + line + ", where other text follows it");
        }
        if (strays.size() < MOST_STRAYS) {
            strays.add(new Stray(line, column));
        }
    }

    private static UnreadableImport missingQuote(int line, int column, String what) {
        return new UnreadableImport(
                "unbalanced-quote",
                "The quotation mark at line " + line + ", column " + column + " " + what + ". One is missing.");
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    /// The delimiter with which the header names most fields, and then with which most of the first
    /// rows have the same number of columns, and many.
    private static char delimiterOf(String text) {
        String sample = text;
        if (text.length() > SAMPLE) {
            int end = text.lastIndexOf('\n', SAMPLE);
            sample = text.substring(0, end > 0 ? end : SAMPLE);
        }
        char best = ',';
        double bestScore = 1;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            double score = score(sample, candidate);
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    private static double score(String sample, char candidate) {
        List<Row> rows;
        try {
            rows = new CsvTable(sample, candidate, false).firstRows(sample, candidate, false, SAMPLE_ROWS);
        } catch (CsvParseException | UnreadableImport tooLarge) {
            return 0;
        }
        Map<Integer, Integer> rowsOfWidth = new HashMap<>();
        int known = 0;
        for (Row row : rows) {
            rowsOfWidth.merge(row.cells().size(), 1, Integer::sum);
            known = Math.max(known, PlainCsv.known(row));
        }
        double widest = 0;
        for (Map.Entry<Integer, Integer> entry : rowsOfWidth.entrySet()) {
            double share = entry.getValue() / (double) rows.size();
            widest = Math.max(widest, entry.getKey() * share * share);
        }
        return (known > 1 ? known * (double) MAX_COLUMNS : 0) + widest;
    }

    /// Puts a row together again whose text has commas that should have been in quotation marks.
    ///
    /// @param width the number of columns of the header
    /// @param texts the columns that may hold free text, from left to right, one or two of them
    /// @param sensible whether the other columns of a candidate hold what they should
    /// @return null if no way of joining makes sense
    @Nullable
    Row rejoined(Row row, int width, int[] texts, Predicate<Row> sensible) {
        int extra = row.cells().size() - width;
        if (extra > MOST_CUT_IN || width > WIDEST_MENDED || texts.length == 0) {
            return null;
        }
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
                if (sensible.test(candidate)) {
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

    /// At how many seams no space follows the delimiter, which is unusual inside of text.
    private static int seams(Row row, int column, int count) {
        int odd = 0;
        for (String cell : row.cells().subList(column + 1, column + 1 + count)) {
            odd += cell.startsWith(" ") ? 0 : 1;
        }
        return odd;
    }

    /// The names of the columns of a header row.
    static String names(Row header) {
        String[] names =
                header.cells().stream().limit(40).map(PlanDraft::quoted).toArray(String[]::new);
        return String.join(", ", Arrays.asList(names));
    }
}
