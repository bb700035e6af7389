package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

class ContractTest {

    private static final Path FILE = Path.of("../../contracts/openapi/tarn.yaml");

    /// What is posted without an `Idempotency-Key`, and why.
    private static final Map<String, String> WITHOUT_KEY = Map.ofEntries(
            Map.entry("calculate", "Nothing is created: the same question has the same answer."),
            Map.entry("calculateMany", "Nothing is created: the same question has the same answer."),
            Map.entry("acceptInvitation", "Done again, it completes what was begun."),
            Map.entry("deleteMe", "Nothing is created; a second time there is nobody left to ask."),
            Map.entry("previewImport", "Nothing is created."),
            Map.entry("previewPasswordReset", "Nothing is created."),
            Map.entry("readInvitationOffer", "Nothing is created."),
            Map.entry("refreshSession", "Its answer is a secret; the refresh token itself works once."),
            Map.entry("register", "Nobody has signed in whose key it could be; the e-mail address is taken once."),
            Map.entry("renderPost", "Nothing is created."),
            Map.entry("resetPassword", "Nobody has signed in whose key it could be; the secret works once."),
            Map.entry("signIn", "Its answer is a secret, and nobody has signed in whose key it could be."));

    /// Lists without an end, and why.
    private static final Map<String, String> WITHOUT_END =
            Map.of("MemberList.items", "There are as many members as there are users.");

    /// `./tarn schema` writes the file by running this test with `-Dtarn.write=true`.
    @Test
    void theCommittedContractIsWhatTheCodeSays() throws Exception {
        String contract = Contract.yaml();

        if (Boolean.getBoolean("tarn.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, contract);
        }

        assertThat(FILE).as("run ./tarn schema and look at the difference").hasContent(contract);
    }

    @Test
    void everyOperationIsDescribedWithExamplesOfWhatIsSentAndAnswered() throws Exception {
        List<String> silent = new ArrayList<>();

        operations((id, operation) -> {
            if (operation.path("summary").asText().isEmpty()
                    || operation.path("description").asText().isEmpty()) {
                silent.add(id + " is not described");
            }
            contents(operation).forEach((where, content) -> {
                if (!content.has("example") && !content.has("examples")) {
                    silent.add(id + " has no example of its " + where);
                }
            });
        });

        assertThat(silent).isEmpty();
    }

    @Test
    void everyParameterAndPropertyIsDescribed() throws Exception {
        List<String> silent = new ArrayList<>();

        operations((id, operation) -> operation.path("parameters").forEach(parameter -> {
            if (parameter.path("description").asText().isEmpty()) {
                silent.add(id + '?' + parameter.path("name").asText());
            }
        }));
        contract().at("/components/schemas").properties().forEach(schema -> {
            if (schema.getValue().path("description").asText().isEmpty()) {
                silent.add(schema.getKey());
            }
            schema.getValue().path("properties").properties().forEach(property -> {
                if (property.getValue().path("description").asText().isEmpty()) {
                    silent.add(schema.getKey() + '.' + property.getKey());
                }
            });
        });

        assertThat(silent).isEmpty();
    }

    @Test
    void everyTextAndListHasAnEndAndEveryPatternIsOfTheWhole() throws Exception {
        List<String> open = new ArrayList<>();

        walk("", contract(), (where, node) -> {
            String type = node.path("type").isObject() ? "" : node.path("type").toString();
            if (type.contains("\"string\"")
                    && !node.has("maxLength")
                    && !node.has("enum")
                    && !node.path("format").asText().equals("binary")) {
                open.add(where);
            }
            if (type.contains("\"array\"") && !node.has("maxItems")) {
                open.add(where);
            }
            String pattern =
                    node.path("pattern").isTextual() ? node.path("pattern").asText() : "^$";
            if (!pattern.startsWith("^") || !pattern.endsWith("$")) {
                open.add(where);
            }
        });

        // A stream has no end.
        open.removeIf(where -> where.endsWith("/text/event-stream/schema"));
        open.removeIf(where -> WITHOUT_END.keySet().stream()
                .anyMatch(name -> where.endsWith("/schemas/" + name.replace(".", "/properties/"))));
        assertThat(open).isEmpty();
    }

    @Test
    void everyPostThatCreatesTakesAnIdempotencyKey() throws Exception {
        Set<String> without = new TreeSet<>();

        contract().path("paths").forEach(path -> {
            JsonNode post = path.path("post");
            boolean takesOne = post.path("parameters").toString().contains("\"Idempotency-Key\"");
            if (post.has("operationId") && !takesOne) {
                without.add(post.path("operationId").asText());
            }
        });

        assertThat(without).isEqualTo(new TreeSet<>(WITHOUT_KEY.keySet()));
    }

    /// Internal paths, pages and health are counted too.
    @Test
    void metricsHaveRoomForThreeTimesItsPaths() throws Exception {
        int room = ConfigProvider.getConfig()
                .getValue("quarkus.micrometer.binder.http-server.max-uri-tags", Integer.class);

        assertThat(contract().path("paths").size() * 3).isLessThan(room);
    }

    private static JsonNode contract() throws Exception {
        return Contract.YAML.readTree(Contract.yaml());
    }

    private static void operations(BiConsumer<String, JsonNode> each) throws Exception {
        contract()
                .path("paths")
                .forEach(path -> path.forEach(operation -> {
                    if (operation.has("operationId")) {
                        each.accept(operation.path("operationId").asText(), operation);
                    }
                }));
    }

    /// What is sent and answered, problems apart: those are in the components.
    private static Map<String, JsonNode> contents(JsonNode operation) {
        Map<String, JsonNode> contents = new TreeMap<>();
        operation
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(content -> contents.put("request", content.getValue()));
        operation
                .path("responses")
                .properties()
                .forEach(answer ->
                        answer.getValue().path("content").forEach(content -> contents.put(answer.getKey(), content)));
        return contents;
    }

    private static void walk(String where, JsonNode node, BiConsumer<String, JsonNode> each) {
        if (where.endsWith("/example") || where.endsWith("/examples")) {
            return;
        }
        each.accept(where, node);
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(where + '/' + i, node.path(i), each);
            }
        }
        node.properties().forEach(child -> walk(where + '/' + child.getKey(), child.getValue(), each));
    }
}
