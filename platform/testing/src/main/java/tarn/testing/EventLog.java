package tarn.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tarn.platform.database.DatabaseUrl;

/// A service's outbox, checked against the JSON Schemas in `contracts/events/v1` and the stored
/// rows.
///
/// Their extensions map events to rows: `x-table` the table, `x-where` its rows that have events,
/// `x-key` the key, `x-row` whether the row exists after the event, `x-sql` the expression for a
/// property that is not the column of its name, `x-omitted` the columns left out, with the reason.
///
/// @param service whose outbox it is
/// @param events in the order of `seq`
public record EventLog(String service, List<Told> events) {

    /// One event.
    public record Told(String type, String aggregateId, JsonNode payload) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CONTRACTS = Repository.here().root().resolve("contracts/events/v1");
    private static final JsonSchemaFactory SCHEMAS = new JsonSchemaFactory.Builder()
            .defaultMetaSchemaIri(JsonMetaSchema.getV202012().getIri())
            .metaSchema(JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                    .keywords(Stream.of("x-table", "x-where", "x-key", "x-row", "x-sql", "x-omitted")
                            .map(NonValidationKeyword::new)
                            .toList())
                    .build())
            .build();

    /// The current outbox of a service.
    public static EventLog of(DatabaseUrl database, String service) {
        List<Told> events = rows(
                        database,
                        "select jsonb_build_object('type', type, 'id', aggregate_id, 'payload', payload) from "
                                + service + ".outbox order by seq")
                .stream()
                .map(row -> new Told(row.path("type").asText(), row.path("id").asText(), row.path("payload")))
                .toList();
        return new EventLog(service, events);
    }

    /// A copy with one event changed.
    public EventLog with(int index, UnaryOperator<Told> change) {
        List<Told> others = new ArrayList<>(events);
        others.set(index, change.apply(others.get(index)));
        return new EventLog(service, others);
    }

    /// A copy without one event.
    public EventLog without(int index) {
        List<Told> others = new ArrayList<>(events);
        others.remove(index);
        return new EventLog(service, others);
    }

    /// The event types that occur.
    public Set<String> types() {
        Set<String> types = new TreeSet<>();
        events.forEach(event -> types.add(event.type()));
        return types;
    }

    /// The event types in the contract for some nouns.
    public static Set<String> contractTypes(Set<String> nouns) {
        Set<String> types = new TreeSet<>();
        files().map(EventLog::stem)
                .filter(stem -> stem.contains(".") && nouns.contains(stem.substring(0, stem.indexOf('.'))))
                .forEach(types::add);
        return types;
    }

    /// The events after the first ones.
    public EventLog after(int count) {
        return new EventLog(service, events.subList(count, events.size()));
    }

    /// Compares the last event of each type with its golden file in `contracts/events/v1/examples`,
    /// with ids and times replaced by fixed values; `-Dtarn.write=true` rewrites the files.
    ///
    /// @return the differences, one per line
    public List<String> differencesFromExamples() {
        Map<String, String> examples = new TreeMap<>();
        events.forEach(event -> examples.put(
                event.type(), example(event.payload()).toPrettyString().replace(" : ", ": ") + '\n'));
        List<String> lines = new ArrayList<>();
        examples.forEach((type, found) -> {
            Path file = CONTRACTS.resolve("examples").resolve(type + ".json");
            try {
                if (Boolean.getBoolean("tarn.write")) {
                    Files.writeString(file, found);
                }
                String expected = Files.exists(file) ? Repository.text(file) : "";
                if (!expected.equals(found)) {
                    lines.add("%s: expected %s, found %s".formatted(type, expected, found));
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        return lines;
    }

    private static JsonNode example(JsonNode value) {
        if (value.isObject()) {
            ObjectNode example = JSON.createObjectNode();
            value.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(property -> example.set(
                            property.getKey(),
                            switch (property.getKey()) {
                                case "digest" -> TextNode.valueOf("0".repeat(32));
                                case "position" -> TextNode.valueOf("V00000V");
                                default -> example(property.getValue());
                            }));
            return example;
        }
        if (value.isArray()) {
            ArrayNode example = JSON.createArrayNode();
            value.forEach(one -> example.add(example(one)));
            return example;
        }
        String text = value.asText();
        if (text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return TextNode.valueOf("0190a000-0000-7000-8000-000000000001");
        }
        return text.matches("\\d{4}-\\d\\d-\\d\\dT.*") ? TextNode.valueOf("2026-01-02T03:04:05.000006Z") : value;
    }

    /// Events that violate the schema of their type, one per line.
    public List<String> breaches() {
        Map<String, JsonSchema> schemas = new TreeMap<>();
        Set<String> lines = new TreeSet<>();
        for (Told event : events) {
            if (!Files.exists(file(event.type()))) {
                lines.add(event.type() + " has no schema");
                continue;
            }
            schemas.computeIfAbsent(event.type(), EventLog::schema)
                    .validate(event.payload())
                    .forEach(message -> lines.add(event.type() + ": " + message));
        }
        return List.copyOf(lines);
    }

    private static JsonSchema schema(String type) {
        return SCHEMAS.getSchema(
                SchemaLocation.of(file(type).toUri().toString()),
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    }

    /// Compares the rows replayed from the events with the rows stored, for all tables that events
    /// cover.
    ///
    /// @param digestKey for digests of free text
    /// @return the differences, one per line
    public List<String> differences(DatabaseUrl database, String digestKey) {
        List<String> lines = new ArrayList<>();
        for (JsonNode row : rowSchemas()) {
            Map<String, Map<String, String>> found = replayed(row);
            Map<String, Map<String, String>> expected = stored(database, row, digestKey);
            Set<String> keys = new TreeSet<>(found.keySet());
            keys.addAll(expected.keySet());
            for (String key : keys) {
                Map<String, String> one = found.getOrDefault(key, Map.of());
                Map<String, String> other = expected.getOrDefault(key, Map.of());
                if (!one.equals(other)) {
                    lines.add("%s %s: events say %s, the table %s"
                            .formatted(row.path("x-table").asText(), key, without(one, other), without(other, one)));
                }
            }
        }
        return lines;
    }

    /// Columns that neither an event nor `x-omitted` covers.
    public List<String> untold(DatabaseUrl database) {
        List<String> lines = new ArrayList<>();
        for (JsonNode row : rowSchemas()) {
            String table = row.path("x-table").asText();
            Set<String> told = new TreeSet<>(Set.of("id"));
            row.path("properties").properties().forEach(property -> {
                told.add(snake(property.getKey()));
                told.addAll(
                        Arrays.asList(property.getValue().path("x-sql").asText().split("\\W+", -1)));
            });
            row.path("x-omitted").fieldNames().forEachRemaining(told::add);
            rows(
                            database,
                            "select to_jsonb(attname) from pg_attribute where attrelid = '" + table
                                    + "'::regclass and attnum > 0 and not attisdropped")
                    .stream()
                    .map(JsonNode::asText)
                    .filter(column -> !told.contains(column))
                    .forEach(column -> lines.add(table + "." + column));
        }
        return lines;
    }

    private static Map<String, String> without(Map<String, String> some, Map<String, String> others) {
        Map<String, String> rest = new TreeMap<>(some);
        rest.entrySet().removeAll(others.entrySet());
        return rest;
    }

    private Map<String, Map<String, String>> replayed(JsonNode row) {
        String noun = row.path("x-noun").asText();
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (Told event : events) {
            if (!event.type().startsWith(noun + ".")) {
                continue;
            }
            String key = noun.equals("member")
                    ? event.payload().path("projectId").asText()
                            + ' '
                            + event.payload().path("userId").asText()
                    : event.aggregateId();
            switch (read(file(event.type())).path("x-row").asText()) {
                case "gone" -> rows.remove(key);
                case "put" -> {
                    Map<String, String> said = new TreeMap<>();
                    row.path("properties")
                            .fieldNames()
                            .forEachRemaining(name ->
                                    said.put(name, canonical(event.payload().path(name))));
                    rows.put(key, said);
                }
                default -> throw new IllegalStateException("What becomes of the row is not said of " + event.type());
            }
        }
        return rows;
    }

    private Map<String, Map<String, String>> stored(DatabaseUrl database, JsonNode row, String digestKey) {
        boolean twoParts = row.path("x-key").size() == 2;
        StringBuilder query = new StringBuilder("select jsonb_build_object('key', ")
                .append(twoParts ? "row.project_id || ' ' || row.user_id" : "row.id::text");
        row.path("properties").properties().forEach(property -> {
            String expression = property.getValue().path("x-sql").asText(snake(property.getKey()));
            query.append(", '").append(property.getKey()).append("', ");
            boolean number = property.getValue().toString().contains("#/$defs/decimal");
            query.append(number ? expression + "::text" : "to_jsonb(" + expression + ")");
        });
        query.append(") from ").append(row.path("x-table").asText()).append(" as row");
        if (row.has("x-where")) {
            query.append(" where ").append(row.path("x-where").asText());
        }
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (JsonNode stored : rows(database, query.toString())) {
            Map<String, String> values = new TreeMap<>();
            row.path("properties").properties().forEach(property -> {
                JsonNode value = stored.path(property.getKey());
                boolean text = property.getValue().toString().contains("#/$defs/text");
                values.put(
                        property.getKey(),
                        text && value.isTextual() ? digested(value.asText(), digestKey) : canonical(value));
            });
            rows.put(stored.path("key").asText(), values);
        }
        return rows;
    }

    private static String digested(String text, String digestKey) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(digestKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 16);
            return "{digest=%s, length=%d}"
                    .formatted(HexFormat.of().formatHex(digest), text.codePointCount(0, text.length()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A value as text, equal for equal values: sorted lists and names, timestamps in UTC.
    private static String canonical(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .sorted()
                    .toList()
                    .toString();
        }
        if (value.isObject()) {
            Map<String, String> sorted = new TreeMap<>();
            value.properties()
                    .forEach(property ->
                            sorted.put(property.getKey(), property.getValue().asText()));
            return sorted.toString();
        }
        String text = value.asText();
        return text.matches("\\d{4}-\\d\\d-\\d\\dT.*")
                ? OffsetDateTime.parse(text).toInstant().toString()
                : text;
    }

    /// The schemas of this service's rows.
    private List<JsonNode> rowSchemas() {
        return files().filter(file -> !stem(file).contains("."))
                .map(file -> {
                    JsonNode schema = read(file);
                    ((ObjectNode) schema).put("x-noun", stem(file));
                    return schema;
                })
                .filter(schema -> schema.path("x-table").asText().startsWith(service + "."))
                .toList();
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Stream<Path> files() {
        return Repository.here()
                .files("contracts/events/v1", path -> path.endsWith(".json") && !path.contains("/examples/"))
                .stream();
    }

    private static Path file(String type) {
        return CONTRACTS.resolve(type + ".json");
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".json".length());
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<JsonNode> rows(DatabaseUrl database, String query) {
        List<JsonNode> rows = new ArrayList<>();
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(JSON.readTree(result.getString(1)));
            }
            return rows;
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException(query, failure);
        }
    }
}
