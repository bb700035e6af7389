package tarn.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.jandex.MethodInfo;
import tarn.platform.database.Keyset;
import tarn.platform.http.Idempotency;
import tarn.platform.http.Text;

/// What is known of parameters by their names, and those that every read of a versioned thing takes.
final class ContractParameters {

    private static final String TAG = "^(\\*|\"[0-9]{1,18}(\\.[0-9a-f]{1,8})?\")$";

    private final JsonNode words;

    /// @param words by operation or `*`, and name
    ContractParameters(JsonNode words) {
        this.words = words;
    }

    /// @param code the method that answers
    /// @param versioned whether its answer has an entity tag
    void complete(String path, String method, ObjectNode operation, MethodInfo code, boolean versioned) {
        ArrayNode parameters =
                operation.path("parameters") instanceof ArrayNode present ? present : Contract.JSON.createArrayNode();
        if (method.equals("get") && versioned) {
            ObjectNode known = parameters.addObject();
            known.put("name", "If-None-Match")
                    .put("in", "header")
                    .putObject("schema")
                    .put("type", "string");
        }
        Map<String, Text> texts = texts(code);
        for (JsonNode each : parameters) {
            ObjectNode parameter = (ObjectNode) each;
            String name = parameter.path("name").asText();
            ObjectNode schema = (ObjectNode) parameter.path("schema");
            known(parameter, schema, name);
            Text text = texts.get(name);
            if (text != null) {
                schema.put("maxLength", text.max());
            }
            for (String key : new String[] {operation.path("operationId").asText(), "*"}) {
                words.path(key).path(name).properties().forEach(word -> {
                    ObjectNode target = word.getKey().equals("description") ? parameter : schema;
                    if (!target.has(word.getKey())) {
                        target.set(word.getKey(), word.getValue());
                    }
                });
            }
            if (name.equals("id") && parameter.path("in").asText().equals("path")) {
                parameter.put("description", "The id of the " + noun(path) + '.');
            }
        }
        sort(parameters);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
    }

    private static void known(ObjectNode parameter, ObjectNode schema, String name) {
        switch (name) {
            case "limit" -> {
                if (!schema.has("maximum")) {
                    schema.put("minimum", 1).put("maximum", Keyset.MAX_LIMIT);
                }
                if (!schema.has("default")) {
                    schema.put("default", Keyset.DEFAULT_LIMIT);
                }
            }
            case "Idempotency-Key" -> schema.put("minLength", 1).put("maxLength", Idempotency.MAX_KEY);
            case "If-Match" -> {
                schema.put("maxLength", 30).put("pattern", TAG);
                parameter.put("example", "\"3\"");
            }
            case "If-None-Match" -> {
                schema.put("maxLength", 1_000);
                parameter.put("example", "\"3\"");
            }
            default -> {}
        }
    }

    /// How long texts may be, which the scanner does not see.
    private static Map<String, Text> texts(MethodInfo code) {
        Map<String, Text> texts = new TreeMap<>();
        for (Method method :
                ContractSchemas.load(code.declaringClass().name().toString()).getDeclaredMethods()) {
            if (method.getName().equals(code.name())) {
                for (Parameter parameter : method.getParameters()) {
                    add(parameter, texts);
                    for (Field field : parameter.isAnnotationPresent(BeanParam.class)
                            ? parameter.getType().getDeclaredFields()
                            : new Field[0]) {
                        add(field, texts);
                    }
                }
            }
        }
        return texts;
    }

    private static void add(AnnotatedElement element, Map<String, Text> texts) {
        QueryParam parameter = element.getAnnotation(QueryParam.class);
        Text text = element.getAnnotation(Text.class);
        if (parameter != null && text != null) {
            texts.put(parameter.value(), text);
        }
    }

    /// `/api/tasks/{id}` is of a task.
    private static String noun(String path) {
        String plural = path.split("/", -1)[2];
        return plural.substring(0, plural.length() - 1);
    }

    /// The path's own first, then the query's, then headers, each by name.
    private static void sort(ArrayNode parameters) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        parameters.forEach(parameter -> {
            String in = parameter.path("in").asText();
            int rank = in.equals("path") ? 0 : in.equals("query") ? 1 : 2;
            sorted.put(rank + parameter.path("name").asText(), parameter);
        });
        parameters.removeAll();
        sorted.values().forEach(parameters::add);
    }
}
