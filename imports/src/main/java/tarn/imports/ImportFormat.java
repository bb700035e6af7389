package tarn.imports;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The supported import formats, recognised by content.
public enum ImportFormat {
    TRELLO,
    TODOIST,
    CSV;

    /// An unsupported kind of file that users often upload, recognised by its first characters.
    private record Foreign(String beginning, String advice) {}

    private static final List<Foreign> FOREIGN = List.of(
            new Foreign("PK\u0003\u0004", "a ZIP archive or an Excel workbook: unpack it, or save the sheet as CSV"),
            new Foreign("\u001f\u008b", "a gzip archive: unpack it first"),
            new Foreign("%pdf-", "a PDF document: export as JSON or CSV instead"),
            new Foreign("\u00d0\u00cf\u0011\u00e0", "an old Excel workbook: save the sheet as CSV"),
            new Foreign("sqlite format", "an SQLite database: export as JSON or CSV instead"),
            new Foreign("begin:v", "a calendar or address book: iCalendar and vCard are not imported yet"),
            new Foreign("<", "a web page or XML: export as JSON or CSV instead"),
            new Foreign("{\\rtf", "a text document (RTF): export as JSON or CSV instead"));

    private static final Pattern TODO_TXT = Pattern.compile("(?:x \\d{4}-\\d{2}-\\d{2} |(?:x )?\\([A-Z]\\) )\\S");
    private static final Pattern TODO_TXT_TAG = Pattern.compile("[^,;|\t]{1,500} [+@][^\\s,;|]{1,100}(?: [^,;|\t]*)?");

    /// The name in requests and reports: `trello`, `todoist`, `csv`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Detects the format by content; the file name is never trusted.
    ///
    /// @throws UnreadableImport when it is none of the formats
    /// @throws IOException when the file cannot be read
    public static ImportFormat of(ImportFile file) throws IOException {
        return of(FileText.of(file, null));
    }

    static ImportFormat of(FileText text) throws IOException {
        if (text.looksLikeJson()) {
            return TRELLO;
        }
        return TodoistProject.isTodoist(CsvTable.of(text)) ? TODOIST : CSV;
    }

    /// Refuses kinds of files that users often upload by mistake.
    ///
    /// @param beginning of the file, as text or as one character per byte
    /// @throws UnreadableImport when it is such a kind
    static void refuseForeign(String beginning) {
        String text = beginning
                .substring(0, Math.min(beginning.length(), 512))
                .replace("\u00ef\u00bb\u00bf", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        for (Foreign foreign : FOREIGN) {
            if (text.startsWith(foreign.beginning()) || beginning.startsWith(foreign.beginning())) {
                throw new UnreadableImport("unsupported-format", "The file is " + foreign.advice() + ".");
            }
        }
        if (isTodoTxt(beginning)) {
            throw new UnreadableImport(
                    "unsupported-format",
                    "The file is a todo.txt list: todo.txt is not imported yet, as its lines have no columns. Save"
                            + " it as CSV with a header such as title,priority,due.");
        }
    }

    /// Whether the lines look like todo.txt: most start with a priority or with `x` and a date, or
    /// all have a project or context and no delimiter.
    private static boolean isTodoTxt(String beginning) {
        int lines = 0;
        int sure = 0;
        int likely = 0;
        for (String line : beginning.lines().filter(line -> !line.isBlank()).toList()) {
            boolean isSure = TODO_TXT.matcher(line).lookingAt();
            if (lines == 0 && !isSure && !TODO_TXT_TAG.matcher(line).matches()) {
                return false;
            }
            lines++;
            sure += isSure ? 1 : 0;
            likely += isSure || TODO_TXT_TAG.matcher(line).matches() ? 1 : 0;
        }
        // The last line may be cut off.
        return lines > 0 && (2 * sure >= lines || (lines > 1 && likely >= lines - 1));
    }
}
