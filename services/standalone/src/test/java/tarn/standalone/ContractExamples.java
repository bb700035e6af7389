package tarn.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Problem;

/// An example of everything that is sent or answered, put together from those of its properties.
final class ContractExamples {

    private static final String TIMESTAMP = "2026-11-02T09:30:00Z";

    /// What a patch of an example changes at most.
    private static final int MAX_PATCHED = 2;

    private final ObjectNode schemas;
    private final JsonNode words;
    private final ObjectNode examples;

    /// What no example could be made of.
    private final Set<String> missing = new TreeSet<>();

    ContractExamples(ObjectNode document, ObjectNode schemas, JsonNode words) {
        this.schemas = schemas;
        this.words = words;
        this.examples = ((ObjectNode) document.path("components")).putObject("examples");
    }

    void complete(ObjectNode operation) {
        operation.path("requestBody").path("content").forEach(content -> add(content, "file"));
        operation
                .path("responses")
                .forEach(answer -> answer.path("content").properties().forEach(content -> {
                    if (!content.getKey().equals(Problem.MEDIA_TYPE)) {
                        add(content.getValue(), "report");
                    }
                }));
    }

    /// @param text the example of what is no JSON
    private void add(JsonNode content, String text) {
        JsonNode schema = content.path("schema");
        if (schema.path("format").asText().equals("binary")) {
            ((ObjectNode) content).set("example", words.path(text));
            return;
        }
        if (schema.path("type").asText().equals("string")) {
            ((ObjectNode) content).set("example", words.path("stream"));
            return;
        }
        String name = name(schema);
        if (!examples.has(name)) {
            examples.putObject(name).set("value", composed(name));
        }
        ((ObjectNode) content).putObject("examples").putObject(name).put("$ref", "#/components/examples/" + name);
    }

    void requireAll() {
        if (!missing.isEmpty()) {
            throw new IllegalStateException("contract/properties.yaml gives no example of " + missing);
        }
    }

    private static String name(JsonNode schema) {
        return schema.path("$ref").asText().replaceAll(".*/", "");
    }

    private JsonNode composed(String name) {
        JsonNode schema = schemas.path(name);
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        ObjectNode composed = Contract.JSON.createObjectNode();
        boolean patch = name.endsWith("Patch");
        boolean sent = patch || name.endsWith("Draft");
        Set<String> required = new TreeSet<>();
        schema.path("required").forEach(one -> required.add(one.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode said = said(name, property.getKey(), property.getValue());
            boolean wanted = required.contains(property.getKey()) || said != null || !sent;
            if (wanted && !(patch && (said == null || composed.size() == MAX_PATCHED))) {
                composed.set(
                        property.getKey(), said != null ? said : value(name, property.getKey(), property.getValue()));
            }
        }
        return composed;
    }

    /// What somebody has said; null when nobody has.
    private @Nullable JsonNode said(String schema, String name, JsonNode property) {
        JsonNode word = ContractSchemas.word(words, schema, name).path("example");
        if (!word.isMissingNode()) {
            return word;
        }
        JsonNode example = property.path("examples").path(0);
        return example.isMissingNode() ? null : example;
    }

    private JsonNode value(String schema, String name, JsonNode property) {
        if (property.has("$ref")) {
            return composed(name(property));
        }
        if (property.has("anyOf") || property.path("type").toString().contains("null")) {
            return NullNode.getInstance();
        }
        if (property.has("enum")) {
            return property.path("enum").path(0);
        }
        return switch (property.path("type").asText()) {
            case "boolean" -> Contract.JSON.getNodeFactory().booleanNode(false);
            case "integer" ->
                Contract.JSON
                        .getNodeFactory()
                        .numberNode(property.path("minimum").asInt(1));
            case "array" -> {
                ArrayNode list = Contract.JSON.createArrayNode();
                list.add(value(schema, name, property.path("items")));
                yield list;
            }
            case "string" -> text(schema, name, property.path("format").asText());
            default -> missing(schema, name);
        };
    }

    private JsonNode text(String schema, String name, String format) {
        return switch (format) {
            case "uuid" ->
                Contract.JSON.getNodeFactory().textNode("018f3b1c-5d5e-7c43-9a0e-%012x".formatted(Math.abs((long)
                                name.hashCode())));
            case "date-time" -> Contract.JSON.getNodeFactory().textNode(TIMESTAMP);
            default -> missing(schema, name);
        };
    }

    private JsonNode missing(String schema, String name) {
        missing.add(schema + '.' + name);
        return NullNode.getInstance();
    }
}
