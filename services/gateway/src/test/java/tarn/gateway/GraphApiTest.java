package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tarn.platform.security.Caller;
import tarn.testing.Api;
import tarn.testing.HostileQueries;
import tarn.testing.SignedTokens;

@QuarkusTest
@WithTestResource(GraphWorld.class)
final class GraphApiTest {

    private static final String TASKS = "POST /internal/tasks/reads";
    private static final String POSTS = "POST /internal/posts/reads";
    private static final String USERS = "POST /internal/identity/users";

    private final Api ada = Split.GATEWAY.bearer(PretendIdentity.token("good user"));

    @BeforeEach
    void begin() {
        asked();
    }

    @Test
    void asksEachServiceOnceForALevel() {
        JsonNode answer = data("""
                { project(id: "%s") { name tasks(first: 20) { nodes { title
                    assignees { name } comments(first: 10) { nodes { html author { name } } } } } } }
                """.formatted(GraphWorld.PROJECT));

        assertThat(answer.at("/project/tasks/nodes")).hasSize(20);
        assertThat(answer.at("/project/tasks/nodes/19/comments/nodes")).hasSize(10);
        assertThat(answer.at("/project/tasks/nodes/19/comments/nodes/9/author/name")
                        .asText())
                .isEqualTo("User 04");
        assertThat(answer.at("/project/tasks/nodes/3/assignees/2/name").asText())
                .isEqualTo("User 03");
        // Project; its tasks; their assignees and comments; the authors of these.
        assertThat(asked()).hasSize(5).containsExactlyInAnyOrder(TASKS, TASKS, POSTS, USERS, USERS);
    }

    @Test
    void asksTogetherForDifferentThingsOfALevel() {
        JsonNode answer = data("""
                { project(id: "%s") { labels { name color } sections { id } members { role } sums { items }
                    items { nodes { id } } tasks(first: 1) { nodes { id } } }
                  task(id: "%s") { id } item(id: "%s") { total totalState } }
                """.formatted(GraphWorld.PROJECT, GraphWorld.TASK, GraphWorld.id("item", 1)));

        assertThat(answer.at("/project/labels/1/color").asText()).isEqualTo("red");
        assertThat(answer.at("/item/total").asText()).isEqualTo("0.30");
        assertThat(answer.at("/item/totalState").asText()).isEqualTo("DONE");
        assertThat(asked()).containsExactly(TASKS, TASKS);
    }

    @Test
    void goesOnBehindAnyEdge() {
        String query = "{ project(id: \"%s\") { tasks(first: 15%s) { edges { cursor node { id } }"
                + " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }";
        JsonNode first = data(query.formatted(GraphWorld.PROJECT, "")).at("/project/tasks");
        JsonNode second = data(query.formatted(GraphWorld.PROJECT, after(first.at("/pageInfo/endCursor"))))
                .at("/project/tasks");
        JsonNode middle = data(query.formatted(GraphWorld.PROJECT, after(second.at("/edges/4/cursor"))))
                .at("/project/tasks");
        JsonNode last = data(query.formatted(GraphWorld.PROJECT, after(second.at("/pageInfo/endCursor"))))
                .at("/project/tasks");

        assertThat(ids(first)).isEqualTo(tasks(1, 15));
        assertThat(ids(second)).isEqualTo(tasks(16, 30));
        assertThat(ids(middle)).isEqualTo(tasks(21, 35));
        assertThat(ids(last)).isEqualTo(tasks(31, 40));
        assertThat(first.at("/pageInfo/hasPreviousPage").asBoolean()).isFalse();
        assertThat(last.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
        assertThat(last.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
        assertThat(first.at("/pageInfo/startCursor")).isEqualTo(first.at("/edges/0/cursor"));
        assertThat(code(query.formatted(GraphWorld.PROJECT, ", after: \"nonsense\"")))
                .isEqualTo("invalid");
    }

    @Test
    void anErrorHasTheCodeOfRest() {
        JsonNode none = answer("{ task(id: \"%s\") { title } me { name } }".formatted(GraphWorld.DEAD));
        JsonNode wrong = answer("{ calculate(expression: \"1 / 0\") { result } }");

        assertThat(none.at("/data/task").isNull()).isTrue();
        assertThat(none.at("/data/me/name").asText()).isEqualTo("User 01");
        assertThat(none.at("/errors/0/extensions/code").asText()).isEqualTo("not-found");
        assertThat(none.at("/errors/0/extensions/status").asInt()).isEqualTo(404);
        assertThat(none.at("/errors/0/extensions/traceId").asText()).isNotEmpty();
        assertThat(none.at("/errors/0/path/0").asText()).isEqualTo("task");
        assertThat(code("{ task(id: \"none\") { id } }")).isEqualTo("not-found");
        assertThat(wrong.at("/errors/0/extensions/code").asText()).isEqualTo("division-by-zero");
        assertThat(wrong.at("/errors/0/extensions/errors/0/position").asInt()).isEqualTo(2);
    }

    @Test
    void oneServiceInTroubleLeavesTheRest() {
        JsonNode answer = answer(("{ task(id: \"%s\") { title parent { id } comments { nodes { id } }"
                        + " createdBy { name } updatedBy { name } } }")
                .formatted(GraphWorld.TASK_IN_TROUBLE));

        assertThat(answer.at("/data/task/title").asText()).isEqualTo("Rake");
        assertThat(answer.at("/data/task/createdBy/name").asText()).isEqualTo("User 01");
        assertThat(answer.at("/data/task/updatedBy/name").asText()).isEqualTo("User 02");
        assertThat(answer.at("/data/task/comments").isNull()).isTrue();
        assertThat(answer.at("/errors")).hasSize(1);
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("unavailable");
        // What it points to is gone: that is no error.
        assertThat(answer.at("/data/task/parent").isNull()).isTrue();
    }

    @Test
    void sectionsAndLabelsSayWhoChangedThemLast() {
        JsonNode data = data(
                "{ project(id: \"%s\") { sections { updatedAt updatedBy { name } } labels { updatedBy { name } } } }"
                        .formatted(GraphWorld.PROJECT));

        assertThat(data.at("/project/sections/0/updatedBy/name").asText()).isEqualTo("User 02");
        assertThat(data.at("/project/sections/0/updatedAt").isNull()).isTrue();
        assertThat(data.at("/project/labels/1/updatedBy/name").asText()).isEqualTo("User 02");
    }

    @Test
    void whoAsksWhileManyDoWaitsForATurn() throws Exception {
        String query = "{ project(id: \"%s\") { name } }".formatted(GraphWorld.SLOW_PROJECT);
        List<Callable<JsonNode>> crowd = Collections.nCopies(16, () -> data(query));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<JsonNode> answer : threads.invokeAll(crowd)) {
                assertThat(answer.get().at("/project/name").asText()).isEqualTo("Garden");
            }
        }

        assertThat(Integer.parseInt(
                        Split.services().get("/test/most-slow-reads").body()))
                .isGreaterThan(1)
                .isLessThanOrEqualTo(8);
    }

    @Test
    void changesSayWhatIsNamedAndNothingElse() {
        JsonNode changed = data("""
                mutation { changeTask(id: "%s", version: 4, input: {title: "Dig", due: null, status: DONE}) {
                    title project { name } } }
                """.formatted(GraphWorld.TASK));
        JsonNode dated =
                data("mutation { changeTask(id: \"%s\", version: 4, input: {start: \"2026-12-24\"}) { title } }"
                        .formatted(GraphWorld.TASK));
        JsonNode moved =
                data("mutation { moveTask(id: \"%s\", sectionId: \"s\") { title } }".formatted(GraphWorld.TASK));
        JsonNode removed = data("mutation { deleteTask(id: \"../users\") { id } }");
        String late =
                code("mutation { changeTask(id: \"%s\", version: 1, input: {}) { id } }".formatted(GraphWorld.TASK));

        assertThat(changed.at("/changeTask/title").asText())
                .isEqualTo("PATCH /api/tasks/" + GraphWorld.TASK
                        + " \"4\" {\"title\":\"Dig\",\"status\":\"done\",\"due\":null}");
        assertThat(changed.at("/changeTask/project/name").asText()).isEqualTo("Garden");
        assertThat(dated.at("/changeTask/title").asText()).endsWith("{\"start\":\"2026-12-24\"}");
        assertThat(moved.at("/moveTask/title").asText())
                .isEqualTo("PUT /api/tasks/" + GraphWorld.TASK + "/position  {\"sectionId\":\"s\"}");
        assertThat(removed.at("/deleteTask/id").asText()).isEqualTo("../users");
        assertThat(asked()).contains("DELETE /api/tasks/../users");
        assertThat(late).isEqualTo("version-mismatch");
    }

    @Test
    void everyChangeIsOneOfRest() {
        String draft = "input: {title: \"x\"}";
        String named = "input: {name: \"x\"}";
        String id = "id: \"" + GraphWorld.TASK + "\"";
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("createProject(" + named + ")", "POST /api/projects");
        changes.put("changeProject(" + id + ", " + named + ")", "PATCH /api/projects/{id}");
        changes.put("deleteProject(" + id + ")", "DELETE /api/projects/{id}");
        changes.put("createTask(projectId: \"p\", " + draft + ")", "POST /api/tasks");
        changes.put("completeTask(" + id + ")", "PUT /api/tasks/{id}/completion");
        changes.put("restoreTask(" + id + ")", "PUT /api/tasks/{id}/restoration");
        changes.put("createPost(taskId: \"t\", " + draft + ")", "POST /api/posts");
        changes.put("changePost(" + id + ", " + draft + ")", "PATCH /api/posts/{id}");
        changes.put("publishPost(" + id + ")", "PUT /api/posts/{id}/publication");
        changes.put("deletePost(" + id + ")", "DELETE /api/posts/{id}");
        changes.put("restorePost(" + id + ")", "PUT /api/posts/{id}/restoration");
        changes.put("createItem(" + named + ")", "POST /api/items");
        changes.put("changeItem(" + id + ", " + named + ")", "PATCH /api/items/{id}");
        changes.put("calculateItem(" + id + ")", "PUT /api/items/{id}/calculation");
        changes.put("deleteItem(" + id + ")", "DELETE /api/items/{id}");
        changes.put("restoreItem(" + id + ")", "PUT /api/items/{id}/restoration");

        changes.forEach((change, operation) -> {
            data("mutation { " + change + " { id } }");
            assertThat(asked()).as(change).containsExactly(operation.replace("{id}", GraphWorld.TASK));
        });
    }

    @Test
    void whatWasReadBeforeAChangeIsReadAgainAfterIt() {
        String change = "completeTask(id: \"%s\") { project { openTasks } }".formatted(GraphWorld.TASK);

        data("mutation { a: " + change + " b: " + change + " }");

        assertThat(asked()).filteredOn(TASKS::equals).hasSize(2);
    }

    @Test
    void textThatNoServiceCouldLookForIsRefusedHere() {
        JsonNode answer = answer(
                "query($t: String) { projects(text: $t) { nodes { id } } me { name } }", Map.of("t", "a\u0000b"));

        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("invalid");
        assertThat(answer.at("/data/me/name").asText()).isEqualTo("User 01");
    }

    @Test
    void onlyServicesSayWhatServicesSay() {
        JsonNode answer = ada.header("Tarn-Timeout", "0")
                .header("Tarn-On-Behalf-Of", "Bearer of-somebody-else")
                .post("/graphql", Map.of("query", "{ task(id: \"%s\") { title } }".formatted(GraphWorld.TASK)))
                .json();

        assertThat(answer.at("/data/task/title").asText()).isEqualTo("Rake");
    }

    @Test
    void decimalsKeepEveryDigit() {
        JsonNode literal = data("""
                { calculate(expression: "a", variables: [{name: "a", value: 0.1000000000000000000001}], scale: 3,
                    rounding: HALF_EVEN) { result type expression } }""");
        JsonNode twice = answer(
                "query($v: Decimal!) { calculate(expression: \"a\", variables: [{name: \"a\", value: $v}]) { result } }",
                Map.of("v", 0.1));

        assertThat(literal.at("/calculate/result").asText()).isEqualTo("0.1000000000000000000001");
        assertThat(literal.at("/calculate/type").asText()).isEqualTo("DECIMAL");
        assertThat(literal.at("/calculate/expression").asText()).contains("\"scale\":3", "\"rounding\":\"half-even\"");
        assertThat(twice.at("/errors/0/message").asText()).contains("It must be written as text.");
    }

    @Test
    void whoIsNobodyIsRefused() {
        Api.Answer answer = Split.GATEWAY.post("/graphql", Map.of("query", "{ me { id } }"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("unauthenticated");
        assertThat(asked()).isEmpty();
    }

    @Test
    void aTokenReachesNoFurtherThanByRest() {
        String token = new SignedTokens(Clock.systemUTC())
                .of(new Caller(
                        UUID.randomUUID(),
                        Caller.Kind.TOKEN,
                        UUID.randomUUID(),
                        Set.of("tasks:read"),
                        false,
                        "",
                        Instant.now().plusSeconds(60)));

        JsonNode answer = Split.GATEWAY
                .bearer(token)
                .post(
                        "/graphql",
                        Map.of("query", "{ task(id: \"%s\") { title createdBy { name } } }".formatted(GraphWorld.TASK)))
                .json();

        assertThat(answer.at("/data/task/title").asText()).isEqualTo("Rake");
        assertThat(answer.at("/data/task/createdBy").isNull()).isTrue();
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("forbidden");
    }

    @Test
    void speaksGraphqlOverHttp() {
        Api knowing = ada.header("Accept", "application/graphql-response+json");
        Map<String, String> good = Map.of("query", "{ me { id } }");
        Map<String, String> bad = Map.of("query", "{ nothing }");

        assertThat(knowing.post("/graphql", good).header("Content-Type"))
                .startsWith("application/graphql-response+json");
        assertThat(knowing.post("/graphql", bad).status()).isEqualTo(400);
        assertThat(ada.post("/graphql", bad).status()).isEqualTo(200);
        assertThat(ada.post("/graphql", bad).json().has("data")).isFalse();
        assertThat(ada.post("/graphql", bad).at("/errors/0/extensions/code")).isEqualTo("query-invalid");
        assertThat(ada.post("/graphql", "{\"query\":").status()).isEqualTo(400);
        assertThat(ada.post("/graphql", "{}").status()).isEqualTo(422);
        assertThat(ada.get("/graphql").status()).isEqualTo(405);
        assertThat(ada.post(
                                "/graphql",
                                Map.of("query", "query A { me { id } } query B { me { name } }", "operationName", "B"))
                        .json()
                        .at("/data/me/name")
                        .asText())
                .isEqualTo("User 01");
        assertThat(data("{ __schema { queryType { name } } }")
                        .at("/__schema/queryType/name")
                        .asText())
                .isEqualTo("Query");
        assertThat(Split.GATEWAY.get("/schema.graphqls").body()).contains("type Query");
    }

    static List<String> hostile() {
        return HostileQueries.all();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesWhatIsTooMuchBeforeItAsksAnybody(String query) {
        JsonNode answer = answer(query);

        assertThat(answer.path("errors")).as(answer.toString()).isNotEmpty();
        assertThat(answer.path("errors").findValuesAsText("code"))
                .isSubsetOf("malformed", "query-invalid", "query-too-large", "invalid");
        assertThat(asked()).isEmpty();
    }

    private JsonNode answer(String query) {
        return answer(query, Map.of());
    }

    private JsonNode answer(String query, Map<String, Object> variables) {
        return ada.post("/graphql", Map.of("query", query, "variables", variables))
                .json();
    }

    private JsonNode data(String query) {
        JsonNode answer = answer(query);
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.path("data");
    }

    private String code(String query) {
        return answer(query).at("/errors/0/extensions/code").asText();
    }

    private static List<String> asked() {
        return Split.services()
                .get("/test/asked")
                .body()
                .lines()
                .filter(line -> !line.equals("-"))
                .toList();
    }

    private static String after(JsonNode cursor) {
        return ", after: \"" + cursor.asText() + '"';
    }

    private static List<String> ids(JsonNode connection) {
        return connection.path("edges").findValuesAsText("id");
    }

    private static List<String> tasks(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> GraphWorld.id("task", i))
                .toList();
    }
}
