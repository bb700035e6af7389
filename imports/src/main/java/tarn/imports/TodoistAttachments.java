package tarn.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.SourceLocation;

/// Replaces Todoist's attachment tokens `[[file {...}]]` by Markdown links, and reports how many a
/// text had.
final class TodoistAttachments {
    private static final String FILE_BEGIN = "[[file {";
    private static final String FILE_END = "}]]";
    private static final int MAX_FILE_TOKEN = 20_000;
    private static final JsonFactory JSON = new JsonFactory();

    private final PlanDraft draft;

    TodoistAttachments(PlanDraft draft) {
        this.draft = draft;
    }

    /// The text with file tokens replaced by links, which is reported.
    String withLinks(String text, SourceLocation place) {
        int begin = text.indexOf(FILE_BEGIN);
        if (begin < 0) {
            return text;
        }
        StringBuilder linked = new StringBuilder();
        int from = 0;
        int links = 0;
        while (begin >= 0) {
            int end = text.indexOf(FILE_END, begin);
            if (end < 0 || end - begin > MAX_FILE_TOKEN) {
                break;
            }
            String link = link(text.substring(begin + FILE_BEGIN.length() - 1, end + 1));
            linked.append(text, from, begin)
                    .append(link == null ? text.substring(begin, end + FILE_END.length()) : link);
            links += link == null ? 0 : 1;
            from = end + FILE_END.length();
            begin = text.indexOf(FILE_BEGIN, from);
        }
        if (links > 0) {
            draft.report(
                    place,
                    Severity.ADJUSTED,
                    "attachments",
                    links + (links == 1 ? " attachment is" : " attachments are")
                            + " kept as a link in the description. The file itself stays where it is, with its size and previews.");
        }
        return linked.append(text, from, text.length()).toString().strip();
    }

    private static @Nullable String link(String json) {
        Map<String, String> file = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    file.put(name, parser.getText());
                }
                parser.skipChildren();
            }
        } catch (IOException broken) {
            return null;
        }
        String url = file.getOrDefault("file_url", file.getOrDefault("image", file.getOrDefault("url", "")));
        String name = file.getOrDefault("file_name", file.getOrDefault("title", url));
        return url.isEmpty() ? null : MarkdownLink.of(name, url);
    }
}
