package tarn.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.Reader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.SourceLocation;

/// Streams a Trello board's JSON in one pass, storing nothing itself, and reports objects with over
/// 200 keys, duplicate keys and values of the wrong type.
final class BoardJson {
    private static final int MAX_KEYS = 200;
    private static final int MAX_TEXT = 1_000_000;
    private static final int MAX_ID = 64;

    /// Skipped strings may be longer than stored ones.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxStringLength(6 * MAX_TEXT)
                    .maxNumberLength(400)
                    .maxNameLength(2_000)
                    .build())
            .build();

    /// Opens the file's text from the start, any number of times.
    @FunctionalInterface
    interface Source {
        Reader open() throws IOException;
    }

    /// Reads the value of a field; the parser is at its first token.
    @FunctionalInterface
    interface Field {
        void read(String name, String path) throws IOException;
    }

    /// Reads an object of an array; the parser is at its first token.
    @FunctionalInterface
    interface Element {
        void read(String path) throws IOException;
    }

    /// Reads the top level of the board.
    @FunctionalInterface
    interface Pass {
        void read(BoardJson json) throws IOException;
    }

    private final JsonParser json;
    private final PlanDraft draft;
    private final BoardKeys keys;

    private BoardJson(JsonParser json, PlanDraft draft, BoardKeys keys) {
        this.json = json;
        this.draft = draft;
        this.keys = keys;
    }

    /// Reads the file from start to end.
    ///
    /// @throws UnreadableImport when it is not JSON, or a value is too large
    static void pass(Source source, PlanDraft draft, BoardKeys keys, Pass pass) throws IOException {
        try (Reader text = source.open();
                JsonParser json = JSON.createParser(text)) {
            try {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw notTrello("The JSON does not begin with an object.");
                }
                pass.read(new BoardJson(json, draft, keys));
                requireEnd(json);
            } catch (JsonEOFException truncated) {
                throw broken("truncated", "The JSON ends too early. Is the file complete? It breaks off at ", json);
            } catch (StreamConstraintsException extreme) {
                throw broken("too-large", "A value is nested too deep or is too long at ", json);
            } catch (JsonProcessingException malformed) {
                throw broken("malformed-json", "The file is not valid JSON. The fault is at ", json);
            }
        }
    }

    private static void requireEnd(JsonParser json) throws IOException {
        if (json.nextToken() != null) {
            JsonLocation at = json.currentLocation();
            throw new UnreadableImport(
                    "malformed-json",
                    "Something follows the end of the board at line " + at.getLineNr() + ", column " + at.getColumnNr()
                            + ".");
        }
    }

    static UnreadableImport notTrello(String why) {
        return new UnreadableImport("not-trello", "The file is not the export of a Trello board. " + why);
    }

    private static UnreadableImport broken(String code, String detail, JsonParser json) {
        JsonLocation at = json.currentLocation();
        int column = Math.max(1, at.getColumnNr() - ("malformed-json".equals(code) ? 1 : 0));
        String path =
                PlanDraft.storable(json.getParsingContext().pathAsPointer().toString());
        return new UnreadableImport(
                code,
                detail + "line " + at.getLineNr() + ", column " + column
                        + (path.isEmpty() ? "" : " (" + PlanDraft.cut(path, 120) + ")") + ".");
    }

    /// Reads the fields of the current object; of a duplicate key only the first counts.
    void fields(String path, Field field) throws IOException {
        Set<String> seen = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            String at = path + "/" + PlanDraft.cut(name, 60);
            if (seen.contains(name) && path.isEmpty() && isArray()) {
                throw new UnreadableImport("duplicate-key", "The board has " + at + " twice.");
            } else if (seen.contains(name)) {
                draft.report(
                        SourceLocation.path(at),
                        Severity.LEFT_OUT,
                        "duplicate-key",
                        "The key appears twice. The first one was used.");
                json.skipChildren();
            } else if (seen.size() == MAX_KEYS) {
                draft.report(
                        SourceLocation.path(at),
                        Severity.LEFT_OUT,
                        "too-many-keys",
                        "Only the first " + MAX_KEYS + " keys of an object are read.");
                json.skipChildren();
            } else {
                seen.add(name);
                field.read(name, at);
            }
        }
    }

    /// Reads one field at the top of the board, if present, and skips the rest.
    void only(String part, Field field) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals(part)) {
                field.read(name, "/" + name);
            } else {
                json.skipChildren();
            }
        }
    }

    /// Reads the fields of a nested object; any other value is reported.
    void inner(String path, Field field) throws IOException {
        if (isObject()) {
            fields(path, field);
        } else {
            skipWrong(path);
        }
    }

    void objects(String path, Element element) throws IOException {
        if (!isArray()) {
            skipWrong(path);
            return;
        }
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            String at = path + "/" + index;
            if (isObject()) {
                element.read(at);
            } else {
                draft.report(SourceLocation.path(at), Severity.LEFT_OUT, "wrong-type", "An object was expected here.");
                json.skipChildren();
            }
        }
    }

    /// Adds the ids of an array up to a limit, and reports how many exceed it.
    void ids(String path, int max, List<String> ids) throws IOException {
        if (!isArray()) {
            skipWrong(path);
            return;
        }
        int index = 0;
        int tooMany = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String id = id(path + "/" + index++);
            if (!id.isEmpty() && ids.size() < max) {
                ids.add(id);
            } else if (!id.isEmpty()) {
                tooMany++;
            }
        }
        if (tooMany > 0) {
            draft.leftOut(
                    SourceLocation.path(path),
                    "too-many",
                    "Only the first " + max + " of these values are read.",
                    tooMany);
        }
    }

    /// The text of a string, number or boolean; empty for null and, with a report, for any other
    /// value.
    String text(String path) throws IOException {
        if (json.currentToken().isStructStart()) {
            skipWrong(path);
            return "";
        }
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        if (json.getTextLength() > MAX_TEXT) {
            throw broken("too-large", "A value is nested too deep or is too long at ", json);
        }
        return json.getText();
    }

    /// The text, cut at a number of characters with a report.
    String text(String path, int max) throws IOException {
        String text = text(path);
        String cut = PlanDraft.cut(text, max);
        if (!cut.equals(text)) {
            draft.report(
                    SourceLocation.path(path),
                    Severity.LEFT_OUT,
                    "text-cut",
                    "The text was cut at " + max + " characters. It began: " + PlanDraft.quoted(text));
        }
        return cut;
    }

    /// An id; empty when too long.
    String id(String path) throws IOException {
        String id = text(path);
        if (id.length() > MAX_ID) {
            skipWrong(path);
            return "";
        }
        return id;
    }

    /// The text of a scalar; empty, without a report, for any other value.
    String scalar() throws IOException {
        boolean plain = json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL;
        if (!plain || json.getTextLength() > MAX_ID) {
            json.skipChildren();
            return "";
        }
        return json.getText();
    }

    boolean flag(String path) throws IOException {
        if (!json.currentToken().isBoolean()) {
            skipWrong(path);
        }
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    double position() throws IOException {
        if (json.currentToken().isNumeric()) {
            return json.getDoubleValue();
        }
        json.skipChildren();
        return Double.MAX_VALUE;
    }

    @Nullable
    ImportDate date(String path) throws IOException {
        String written = text(path);
        ImportDate date = dateOf(written);
        if (date == null && !written.isBlank()) {
            draft.report(
                    SourceLocation.path(path),
                    Severity.LEFT_OUT,
                    "unknown-date",
                    "The date " + PlanDraft.quoted(written) + " was not understood.");
        }
        return date;
    }

    /// The timestamp of the current value, parsed as in [#date].
    @Nullable
    Instant timestampAt(String path) throws IOException {
        ImportDate date = date(path);
        return date == null ? null : date.start(ZoneOffset.UTC);
    }

    /// Parses when something was done; null when malformed.
    static @Nullable Instant timestamp(String written) {
        ImportDate date = dateOf(written);
        return date == null ? null : date.start(ZoneOffset.UTC);
    }

    /// Parses a timestamp, or a date without a time.
    static @Nullable ImportDate dateOf(String written) {
        return WrittenDate.absolute(written, ZoneOffset.UTC, WrittenDate.DayOrder.UNKNOWN);
    }

    boolean isArray() {
        return json.currentToken() == JsonToken.START_ARRAY;
    }

    boolean isObject() {
        return json.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    void skip() throws IOException {
        json.skipChildren();
    }

    void skipWrong(String path) throws IOException {
        if (!isNull()) {
            draft.report(
                    SourceLocation.path(path),
                    Severity.ADJUSTED,
                    "wrong-type",
                    "The value is of the wrong kind and was ignored.");
        }
        json.skipChildren();
    }

    /// Reports a key that no reader handles, if its value is not empty.
    void rest(String owner, String name, String path) throws IOException {
        if (keys.isTechnical(owner, name)) {
            keys.technical(owner, name);
            json.skipChildren();
            return;
        }
        String held = held();
        if (!held.isEmpty()) {
            keys.leftOut(owner, name, path, held);
        }
    }

    /// The first non-empty value: not null, false, zero or an empty text or collection.
    private String held() throws IOException {
        int depth = 0;
        String first = "";
        do {
            JsonToken token = json.currentToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (first.isEmpty() && token.isScalarValue()) {
                first = says(token) ? PlanDraft.quoted(head()) : "";
            }
        } while (depth > 0 && json.nextToken() != null);
        return first;
    }

    private boolean says(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NULL, VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue() != 0;
            default -> json.getTextLength() > 0;
        };
    }

    private String head() throws IOException {
        int length = Math.min(json.getTextLength(), 200);
        return new String(json.getTextCharacters(), json.getTextOffset(), length);
    }
}
