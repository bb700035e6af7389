package tarn.imports;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a file that another tool exported. Start reading here.
public final class ImportReader {

    /// What the caller knows about the file.
    ///
    /// @param format null: recognised by content
    /// @param name of the project; null: the board's name, else the file's
    /// @param fileName as the person named it; only used for the project's name
    /// @param charset null: recognised by content
    /// @param columns plain CSV only: field to header, as `due` to `Finish by`; see [#columns]
    /// @param zone of dates that name none
    /// @param now to which words such as `tomorrow` and dates without a year relate
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

    /// The whole plan or none of it.
    ///
    /// @throws UnreadableImport if the file as a whole cannot be imported
    /// @throws IOException if its bytes cannot be read
    public static ImportPlan read(ImportFile file, Options options) throws IOException {
        FileText text = FileText.of(file, options.charset());
        try {
            return read(text, options);
        } catch (UnreadableImport refusal) {
            throw new UnreadableImport(refusal.code(), refusal.detail() + text.adviceOnCharset());
        }
    }

    private static ImportPlan read(FileText text, Options options) throws IOException {
        PlanDraft draft = new PlanDraft(options);
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

    /// Reads the notation `title:Summary,due:Due Date`: pairs of field and header.
    ///
    /// A header may hold commas and colons: a pair begins only where a field's name and a colon stand.
    ///
    /// @throws UnreadableImport if it is not of that form
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
