package tarn.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// Holds every answer that a test gets against the contract: the status and the code of a problem
/// are ones that the operation names, the body has the shape it says, and the headers are those it
/// lists.
final class ContractCheck {

    private static final Path FILE = Repository.here().root().resolve("contracts/openapi/tarn.yaml");
    private static final JsonNode CONTRACT = read();
    private static final String NAME = "https://tarn.invalid/contract";
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(NAME, shapes()))));

    /// By the reference that names them: finding one in the contract takes longer than validating by it.
    private static final Map<String, JsonSchema> FOUND = new ConcurrentHashMap<>();

    /// Steps of each path of the contract, empty for a parameter; words before parameters.
    private static final Map<String, List<String>> TEMPLATES = templates();

    /// Headers that say something to programs.
    private static final List<String> HEADERS = List.of(
            "Allow",
            "ETag",
            "Idempotent-Replayed",
            "Location",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
            "Set-Cookie",
            "WWW-Authenticate");

    /// Server-sent events, which are no JSON.
    static final String EVENTS = "text/event-stream";

    private ContractCheck() {}

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(FILE.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String shapes() {
        ObjectNode shapes = new ObjectMapper().createObjectNode();
        shapes.putObject("components").set("schemas", CONTRACT.at("/components/schemas"));
        return shapes.toString();
    }

    /// What an answer has that the contract does not say of its operation: nothing for what is no operation.
    ///
    /// @param path with its query
    static List<String> breaches(String method, String path, Api.Answer answer) {
        JsonNode operation = template(path.replaceFirst("\\?.*", ""))
                .map(template -> CONTRACT.path("paths").path(template))
                .orElse(MissingNode.getInstance())
                .path(method.toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            return List.of();
        }
        JsonNode said = operation.path("responses").path(Integer.toString(answer.status()));
        if (said.isMissingNode() && answer.status() >= 400) {
            said = operation.path("responses").path("default");
        }
        if (said.isMissingNode()) {
            return List.of("answers a " + answer.status());
        }
        if (said.has("$ref")) {
            said = at(said);
        }
        List<String> breaches = new ArrayList<>(headers(said, answer));
        breaches.addAll(body(said, answer));
        return breaches;
    }

    private static JsonNode at(JsonNode reference) {
        return CONTRACT.at(reference.path("$ref").asText().replaceFirst("^#", ""));
    }

    private static List<String> headers(JsonNode said, Api.Answer answer) {
        List<String> breaches = new ArrayList<>();
        for (String name : HEADERS) {
            boolean present = answer.headers().firstValue(name).isPresent();
            JsonNode header = said.path("headers").path(name);
            if (present && header.isMissingNode()) {
                breaches.add("answers a " + answer.status() + " with " + name);
            }
            if (!present && at(header).path("required").asBoolean()) {
                breaches.add("answers a " + answer.status() + " without " + name);
            }
        }
        return breaches;
    }

    private static List<String> body(JsonNode said, Api.Answer answer) {
        if (answer.body().isEmpty()) {
            return List.of();
        }
        String type = answer.header("Content-Type").replaceFirst(";.*", "");
        if (!said.path("content").has(type)) {
            return List.of("answers a " + answer.status() + " of type " + type + ": " + answer.body());
        }
        if (type.equals(EVENTS)) {
            return List.of();
        }
        JsonNode schema = said.path("content").path(type).path("schema");
        if (schema.path("format").asText().equals("binary")) {
            return List.of();
        }
        JsonNode shape = schema.has("allOf") ? schema.path("allOf").path(0) : schema;
        List<String> breaches = new ArrayList<>();
        FOUND.computeIfAbsent(shape.path("$ref").asText(), name -> SCHEMAS.getSchema(SchemaLocation.of(NAME + name)))
                .validate(answer.json())
                .forEach(message -> breaches.add(message.getMessage()));
        JsonNode codes = schema.path("allOf").path(1).at("/properties/code/enum");
        if (codes.isArray() && !codes.toString().contains('"' + answer.code() + '"')) {
            breaches.add("the code " + answer.code() + " is none of " + codes);
        }
        return breaches.isEmpty()
                ? List.of()
                : List.of(
                        "answers a " + answer.status() + ' ' + answer.body() + ", but " + String.join("; ", breaches));
    }

    /// The path of the contract that an address is of.
    private static Optional<String> template(String path) {
        List<String> given = steps(path);
        return TEMPLATES.entrySet().stream()
                .filter(template -> isAt(template.getValue(), given))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Map<String, List<String>> templates() {
        List<String> paths = new ArrayList<>();
        CONTRACT.path("paths").fieldNames().forEachRemaining(paths::add);
        paths.sort(Comparator.comparingInt(path -> path.split("\\{", -1).length));
        Map<String, List<String>> templates = new LinkedHashMap<>();
        for (String path : paths) {
            templates.put(
                    path,
                    steps(path).stream()
                            .map(step -> step.startsWith("{") ? "" : step)
                            .toList());
        }
        return templates;
    }

    private static List<String> steps(String path) {
        return List.of(path.split("/", -1));
    }

    private static boolean isAt(List<String> template, List<String> given) {
        return template.size() == given.size()
                && IntStream.range(1, given.size())
                        .allMatch(i ->
                                template.get(i).isEmpty() || template.get(i).equals(given.get(i)));
    }
}
