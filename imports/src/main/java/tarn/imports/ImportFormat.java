package tarn.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The formats that can be imported.
public enum ImportFormat {
    TRELLO,
    TODOIST,
    CSV;

    /// A kind of file that people upload by mistake, known by how it begins.
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

    /// How the format is written in requests and reports: `trello`, `todoist`, `csv`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Recognises a file by its content; the name of the file is never trusted.
    ///
    /// @throws UnreadableImport if it is none of the formats
    /// @throws IOException if its bytes cannot be read
    public static ImportFormat of(ImportFile file) throws IOException {
        FileText text = FileText.of(file, null);
        if (text.looksLikeJson()) {
            return TRELLO;
        }
        return TodoistProject.isTodoist(CsvTable.of(text)) ? TODOIST : CSV;
    }

    /// Refuses what people upload by mistake.
    ///
    /// @throws UnreadableImport if the file begins like something that is no text
    static void refuseForeign(byte[] beginning) {
        String head = new String(beginning, 0, Math.min(beginning.length, 512), StandardCharsets.ISO_8859_1);
        String text = head.replace("\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        for (Foreign foreign : FOREIGN) {
            if (text.startsWith(foreign.beginning()) || head.startsWith(foreign.beginning())) {
                throw new UnreadableImport("unsupported-format", "The file is " + foreign.advice() + ".");
            }
        }
    }
}
