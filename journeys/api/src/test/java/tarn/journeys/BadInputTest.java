package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tarn.testing.Api;

/// Every operation of the contract, driven with input that is wrong in every way we can think of:
/// always a 4xx problem with a code, never a 5xx, never a word of what is inside.
class BadInputTest {

    private static final Path CONTRACT = Path.of("../../contracts/openapi/tarn.yaml");
    private static final int ROUNDS = 12;
    private static final long SEED = Long.getLong("tarn.seed", System.nanoTime());
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// Operations that would end the session of the test itself if they should succeed.
    private static final Set<String> NOT_AS_ADA = Set.of("signOut", "endSession");

    private static final JsonNode DOCUMENT = document();

    /// The administrator, so that bad input reaches what only an administrator may do.
    private static final Tarn.SignedInUser ADA = Tarn.administrator();

    private static final Map<String, String> THINGS = things();

    private static JsonNode document() {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(CONTRACT.toFile());
        } catch (IOException missing) {
            throw new AssertionError("No contract", missing);
        }
    }

    /// Real things for the paths, so that bad bodies reach the code behind them.
    private static Map<String, String> things() {
        String project =
                ADA.api().post("/api/projects", Map.of("name", "Bad input")).at("/id");
        String section = ADA.api().get("/api/projects/" + project + "/sections").at("/items/0/id");
        String label = ADA.api()
                .post("/api/projects/" + project + "/labels", Map.of("name", "l", "color", "red"))
                .at("/id");
        String task = ADA.api()
                .post("/api/tasks", Map.of("projectId", project, "title", "t"))
                .at("/id");
        String post = ADA.api()
                .post("/api/posts", Map.of("taskId", task, "body", "p"))
                .at("/id");
        return Map.of("project", project, "section", section, "label", label, "task", task, "post", post);
    }

    /// Chance may have closed registration for those who come after.
    @AfterAll
    static void leavesTheDoorOpen() {
        ADA.api().put("/api/registration", Map.of("open", true));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationRefusesBadInputClearly() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (method.getValue().has("responses")) {
                    Operation operation =
                            new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue());
                    tests.add(DynamicTest.dynamicTest(
                            operation.method() + " " + operation.path() + " seed " + SEED, () -> drive(operation)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests.stream();
    }

    /// @param definition as the contract has it
    private record Operation(String method, String path, JsonNode definition) {

        @Override
        public String toString() {
            return method + " " + path;
        }

        String id() {
            return definition.path("operationId").asText();
        }

        boolean open() {
            return definition.path("security").isEmpty();
        }

        JsonNode body() {
            JsonNode content = definition.path("requestBody").path("content");
            JsonNode schema = content.has("application/merge-patch+json")
                    ? content.path("application/merge-patch+json").path("schema")
                    : content.path("application/json").path("schema");
            return resolve(schema);
        }
    }

    private static JsonNode resolve(JsonNode schema) {
        JsonNode reference = schema.path("$ref");
        return reference.isMissingNode()
                ? schema
                : DOCUMENT.at(reference.asText().substring(1));
    }

    private static void drive(Operation operation) {
        SplittableRandom random = new SplittableRandom(SEED ^ operation.id().hashCode());
        String path = path(operation, random, true);
        withoutAToken(operation, path);
        withWrongPaths(operation, random);
        withWrongParameters(operation, path, random);
        if (!operation.body().isMissingNode()) {
            withWrongBodies(operation, path, random);
        }
    }

    private static void withoutAToken(Operation operation, String path) {
        if (operation.open()) {
            return;
        }
        for (String token : List.of("", "x", "a.b.c", "tarn_pat_forged", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")) {
            Api api = token.isEmpty() ? Tarn.anonymous() : Tarn.anonymous().bearer(token);
            Api.Answer answer = send(api, operation, path, "{}");
            assertThat(answer.status())
                    .as(operation + " with token '" + token + "': " + answer)
                    .isEqualTo(401);
            assertProblem(operation, "{}", answer);
        }
    }

    private static void withWrongPaths(Operation operation, SplittableRandom random) {
        if (!operation.path().contains("{")) {
            return;
        }
        for (int i = 0; i < ROUNDS; i++) {
            Api.Answer answer = send(ADA.api(), operation, path(operation, random, false), "{}");
            assertRefused(operation, "{}", answer);
        }
    }

    private static void withWrongParameters(Operation operation, String path, SplittableRandom random) {
        if (NOT_AS_ADA.contains(operation.id())) {
            return;
        }
        Api.Answer unknown = send(ADA.api(), operation, path + "?nonsense=1", "{}");
        assertRefused(operation, "?nonsense", unknown);
        for (JsonNode parameter : operation.definition().path("parameters")) {
            if (!parameter.path("in").asText().equals("query")) {
                continue;
            }
            for (int i = 0; i < ROUNDS; i++) {
                String query = "?" + parameter.path("name").asText() + "=" + encoded(nonsense(random));
                assertHarmless(operation, query, send(ADA.api(), operation, path + query, "{}"));
            }
        }
    }

    private static void withWrongBodies(Operation operation, String path, SplittableRandom random) {
        List<String> malformed = List.of(
                "",
                "{",
                "[]",
                "null",
                "7",
                "\"text\"",
                "{\"a\":}",
                "{} {}",
                "[".repeat(5_000),
                "{\"a\":".repeat(5_000));
        for (String body : malformed) {
            Api.Answer answer = send(ADA.api(), operation, path, body);
            assertRefused(operation, body, answer);
        }
        ObjectNode unknown = sample(operation.body(), random);
        unknown.put("nonsense", 1);
        Api.Answer refused = send(ADA.api(), operation, path, unknown.toString());
        assertRefused(operation, "an unknown field", refused);
        if (refused.status() == 400) {
            assertThat(refused.json().findValuesAsText("pointer")).contains("/nonsense");
        }
        for (Map.Entry<String, JsonNode> field :
                operation.body().path("properties").properties()) {
            for (int i = 0; i < ROUNDS; i++) {
                ObjectNode body = sample(operation.body(), random);
                body.set(field.getKey(), wrong(random));
                assertHarmless(operation, body.toString(), send(ADA.api(), operation, path, body.toString()));
            }
        }
        Api otherType = ADA.api().header("Content-Type", "text/plain").header("Idempotency-Key", "k".repeat(300));
        assertRefused(operation, "text/plain", send(otherType, operation, path, "plain"));
    }

    /// The page that every problem's type points to.
    private static final class Explained {
        private static final String ERRORS =
                Tarn.anonymous().get("/docs/errors").body();
    }

    /// Whatever came of it: no failure of ours, and a refusal is a problem.
    private static void assertHarmless(Operation operation, String input, Api.Answer answer) {
        assertThat(answer.status())
                .as(operation.method() + " " + operation.path() + " with " + shortened(input) + ": " + answer)
                .isLessThan(500);
        if (answer.status() >= 400) {
            assertRefused(operation, input, answer);
        }
    }

    /// A problem of the client, with a status that the contract names for the operation, or one that an
    /// address or head that is too long has everywhere.
    private static void assertRefused(Operation operation, String input, Api.Answer answer) {
        List<String> documented = Stream.concat(
                        operation.definition().path("responses").properties().stream()
                                .map(Map.Entry::getKey)
                                .filter(status -> status.startsWith("4")),
                        Stream.of("414", "431"))
                .toList();
        assertThat(documented)
                .as(operation.method() + " " + operation.path() + " with " + shortened(input) + ": " + answer)
                .contains(Integer.toString(answer.status()));
        assertProblem(operation, input, answer);
    }

    private static void assertProblem(Operation operation, String input, Api.Answer answer) {
        String what = operation.method() + " " + operation.path() + " with " + shortened(input) + ": " + answer;
        assertThat(answer.header("Content-Type")).as(what).startsWith("application/problem+json");
        assertThat(answer.code()).as(what).matches("[a-z][a-z0-9-]+");
        assertThat(answer.at("/type")).as(what).isEqualTo("/docs/errors#" + answer.code());
        assertThat(Explained.ERRORS).as(what).contains("id=\"" + answer.code() + '"');
        assertThat(answer.at("/traceId")).as(what).isNotBlank();
        assertThat(answer.at("/status")).as(what).isEqualTo(String.valueOf(answer.status()));
        assertThat(answer.body())
                .as(what)
                .doesNotContain("Exception")
                .doesNotContain("org.jooq")
                .doesNotContain("org.postgresql")
                .doesNotContain("java.lang")
                .doesNotContain("tarn.tasks")
                .doesNotContain("tarn.posts")
                .doesNotContain("select ")
                .doesNotContain("ERROR:");
    }

    private static Api.Answer send(Api api, Operation operation, String path, String body) {
        return switch (operation.method()) {
            case "GET" -> api.get(path);
            case "DELETE" -> api.delete(path);
            case "PATCH" -> api.patch(path, body);
            case "PUT" -> operation.body().isMissingNode() ? api.put(path) : api.put(path, body);
            default -> operation.body().isMissingNode() ? api.post(path) : api.post(path, body);
        };
    }

    private static String path(Operation operation, SplittableRandom random, boolean real) {
        StringBuilder path = new StringBuilder();
        String before = "";
        for (String step : operation.path().substring(1).split("/", -1)) {
            path.append('/');
            if (!step.startsWith("{")) {
                path.append(step);
                before = step;
            } else if (real) {
                path.append(thing(before));
            } else {
                String wrong = nonsense(random);
                // With nothing in its place, this is the path of another operation.
                path.append(wrong.isBlank() ? "-" : encoded(wrong));
            }
        }
        return path.toString();
    }

    private static String known(String noun) {
        return Objects.requireNonNull(THINGS.get(noun));
    }

    private static String thing(String collection) {
        return switch (collection) {
            case "projects" -> known("project");
            case "sections" -> known("section");
            case "labels" -> known("label");
            case "tasks" -> known("task");
            case "posts" -> known("post");
            case "users" -> ADA.id().toString();
            case "members" -> "01970000-0000-7000-8000-000000000000";
            default -> "01970000-0000-7000-8000-000000000001";
        };
    }

    /// A body of the right shape, as far as the schema tells.
    private static ObjectNode sample(JsonNode schema, SplittableRandom random) {
        ObjectNode sample = JSON.objectNode();
        for (JsonNode name : schema.path("required")) {
            JsonNode property = resolve(schema.path("properties").path(name.asText()));
            sample.set(
                    name.asText(),
                    switch (typeOf(property)) {
                        case "string" -> JSON.textNode(text(property, random));
                        case "integer", "number" -> JSON.numberNode(1);
                        case "boolean" -> JSON.booleanNode(true);
                        case "array" -> JSON.arrayNode();
                        default -> JSON.objectNode();
                    });
        }
        return sample;
    }

    private static String text(JsonNode property, SplittableRandom random) {
        if (property.has("enum")) {
            return property.path("enum").get(0).asText();
        }
        if (property.path("format").asText().equals("uuid")) {
            return known("project");
        }
        return "text " + random.nextInt(1_000_000);
    }

    private static String typeOf(JsonNode property) {
        JsonNode type = property.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText();
    }

    private static JsonNode wrong(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.numberNode(Double.MAX_VALUE);
            case 3 -> JSON.booleanNode(random.nextBoolean());
            case 4 -> JSON.arrayNode().add(JSON.objectNode());
            case 5 -> JSON.objectNode().put("deep", "er");
            case 6 -> JSON.textNode("x".repeat(60_000));
            case 7 -> JSON.textNode("nul\0inside");
            case 8 -> JSON.textNode("half \ud800 of a pair");
            case 9 -> JSON.textNode("+999999999-12-31T23:59:59Z");
            case 10 -> JSON.arrayNode().add(known("label")).add(known("label"));
            default -> JSON.textNode(nonsense(random));
        };
    }

    private static String nonsense(SplittableRandom random) {
        List<String> some = List.of(
                "",
                "%00",
                "' or 1=1 --",
                "../../etc/passwd",
                "01970000-0000-7000-8000-00000000000",
                "01970000-0000-7000-8000-0000000000ff",
                "{}",
                "-1",
                "99999999999999999999",
                "2026-13-45T99:99:99Z",
                "+999999999-12-31T23:59:59Z",
                "\u202e\u0000\uffff",
                "a".repeat(3_000),
                "due,due",
                "ZHVl",
                "\ud83c\udfd4");
        return some.get(random.nextInt(some.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
