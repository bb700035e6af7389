package tarn.imports;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/// Refuses a CSV file with a missing closing quotation mark, after which a parser would read the
/// rest as one cell; collects text after closing marks, which is tolerated.
final class CsvQuoteCheck {

    /// Text between a closing quotation mark and the next delimiter.
    record Stray(int line, int column) {}

    private enum State {
        CELL_START,
        PLAIN,
        QUOTED,
        MARK_IN_QUOTED,
        CLOSED
    }

    private static final int MAX_STRAYS = 100;
    private static final int CHUNK = 32 * 1024;

    private final char delimiter;
    private final List<Stray> strays = new ArrayList<>();
    private int strayCount;
    private State state = State.CELL_START;
    private boolean afterReturn;
    private int line = 1;
    private int column;
    private int openLine;
    private int openColumn;

    private CsvQuoteCheck(char delimiter) {
        this.delimiter = delimiter;
    }

    /// Reads the text to its end.
    ///
    /// @param isCut whether the text may end within a cell
    /// @throws UnreadableImport when a quotation mark is missing
    static CsvQuoteCheck of(Reader text, char delimiter, boolean isCut) throws IOException {
        CsvQuoteCheck quotes = new CsvQuoteCheck(delimiter);
        char[] chunk = new char[CHUNK];
        for (int length = text.read(chunk); length > 0; length = text.read(chunk)) {
            for (int at = 0; at < length; at++) {
                quotes.accept(chunk[at]);
            }
        }
        if (quotes.state == State.QUOTED && !isCut) {
            throw quotes.missingQuote("is never closed");
        }
        return quotes;
    }

    /// The first 100 strays.
    List<Stray> strays() {
        return strays;
    }

    int strayCount() {
        return strayCount;
    }

    private void accept(char c) {
        if (afterReturn && c != '\n') {
            endLine();
        }
        afterReturn = c == '\r';
        column++;
        if (state == State.MARK_IN_QUOTED) {
            state = c == '"' ? State.QUOTED : State.CLOSED;
            if (c == '"') {
                return;
            }
        }
        switch (state) {
            case QUOTED -> state = c == '"' ? State.MARK_IN_QUOTED : State.QUOTED;
            case CELL_START -> {
                if (c == '"') {
                    state = State.QUOTED;
                    openLine = line;
                    openColumn = column;
                } else if (c != delimiter && !isSpace(c)) {
                    state = State.PLAIN;
                }
            }
            case PLAIN -> state = c == delimiter ? State.CELL_START : State.PLAIN;
            case CLOSED, MARK_IN_QUOTED -> {
                if (c == delimiter) {
                    state = State.CELL_START;
                } else if (!isSpace(c)) {
                    stray();
                    state = State.PLAIN;
                }
            }
        }
        if (c == '\n') {
            endLine();
        }
    }

    private void endLine() {
        if (state == State.MARK_IN_QUOTED || state == State.CLOSED || state == State.PLAIN) {
            state = State.CELL_START;
        }
        line++;
        column = 0;
    }

    private void stray() {
        if (line != openLine) {
            throw missingQuote("runs to line " + line + ", where other text follows it");
        }
        strayCount++;
        if (strays.size() < MAX_STRAYS) {
            strays.add(new Stray(line, column));
        }
    }

    private UnreadableImport missingQuote(String what) {
        return new UnreadableImport(
                "unbalanced-quote",
                "The quotation mark at line " + openLine + ", column " + openColumn + " " + what + ". One is missing.");
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
