package tarn.imports;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads an export of another tool into an [ImportPlan], in the format given or detected. Start
/// reading here.
public final class ImportReader {

    /// What the caller knows about the file.
    ///
    /// @param format null to detect it
    /// @param name of the project; null for the board's name, else the file's
    /// @param fileName as uploaded; used only for the project's name
    /// @param charset null to detect it
    /// @param columns plain CSV only: field to header, as `due` to `Finish by`; see [#columns]
    /// @param zone for dates without a zone
    /// @param now for words such as `tomorrow` and dates without a year
    public record Options(
            @Nullable ImportFormat format,
            @Nullable String name,
            @Nullable String fileName,
            @Nullable ImportCharset charset,
            Map<String, String> columns,
            ZoneId zone,
            Instant now) {

        public Options {
            columns = Map.copyOf(columns);
        }

        public static Options of(ZoneId zone, Instant now) {
            return new Options(null, null, null, null, Map.of(), zone, now);
        }
    }

    private ImportReader() {}

    /// Reads the whole file, with all texts in memory, or fails.
    ///
    /// @throws UnreadableImport when the file cannot be imported
    /// @throws IOException when the file cannot be read
    public static ImportPlan read(ImportFile file, Options options) throws IOException {
        try (PlanTexts texts = PlanTexts.inMemory()) {
            return read(file, options, texts);
        }
    }

    /// Reads the whole file, or fails.
    ///
    /// @param texts where titles, descriptions and comments are kept
    /// @throws UnreadableImport when the file cannot be imported
    /// @throws IOException when the file cannot be read
    public static ImportPlan read(ImportFile file, Options options, PlanTexts texts) throws IOException {
        FileText text = FileText.of(file, options.charset());
        try {
            return read(text, options, texts);
        } catch (UnreadableImport refusal) {
            throw new UnreadableImport(refusal.code(), refusal.detail() + text.adviceOnCharset());
        }
    }

    private static ImportPlan read(FileText text, Options options, PlanTexts texts) throws IOException {
        PlanDraft draft = new PlanDraft(options, texts);
        text.reportCharset(draft);
        ImportFormat format = options.format();
        if (format == ImportFormat.TRELLO || (format == null && text.looksLikeJson())) {
            return TrelloBoard.read(text::open, draft);
        }
        CsvTable table = CsvTable.of(text);
        if (format == ImportFormat.TODOIST || (format == null && TodoistProject.isTodoist(table))) {
            return TodoistProject.read(table, draft);
        }
        return PlainCsv.read(table, draft);
    }

    /// Parses pairs of field and header, as in `title:Summary,due:Due Date`.
    ///
    /// Headers may contain commas and colons: a pair starts only at a field's name with a colon.
    ///
    /// @throws UnreadableImport when malformed
    public static Map<String, String> columns(String notation) {
        Map<String, String> columns = new LinkedHashMap<>();
        String field = "";
        for (String part : notation.split(",", -1)) {
            int colon = part.indexOf(':');
            String name = colon < 0 ? "" : part.substring(0, colon).strip();
            if (CsvHeader.isField(name)) {
                field = name;
                columns.put(field, part.substring(colon + 1).strip());
            } else if (!field.isEmpty()) {
                columns.merge(field, part, (header, more) -> header + "," + more);
            } else if (!part.isBlank()) {
                throw new UnreadableImport(
                        "invalid-columns",
                        "columns is written as field:header,field:header. The fields are " + CsvHeader.fields() + ".");
            }
        }
        return columns;
    }
}
