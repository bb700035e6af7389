package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SignedTokens;

/// What the gateway's graph asks.
@QuarkusTest
final class ReadApiTest {

    @Inject
    Team team;

    @Inject
    SignedTokens tokens;

    /// What is read, without where one can go on: REST leads behind the page, a read behind each item, too.
    private static JsonNode withoutCursors(JsonNode body) {
        return body.isObject() ? ((ObjectNode) body).without(List.of("cursors", "nextCursor")) : body;
    }

    @Test
    void everyReadGivesWhatRestGives() {
        String task = team.task("Rake");
        team.task(Map.of("title", "Sweep", "parentId", task));
        team.label("Spring");
        String item = team.editor
                .api()
                .post("/api/items", Map.of("name", "Paint", "projectId", team.project, "unitPrice", "2"))
                .at("/id");
        Api viewer = team.viewer.api();

        JsonNode answers = read(
                team.viewer.id(),
                List.of(
                        one("project", team.project),
                        one("members", team.project),
                        one("sections", team.project),
                        one("labels", team.project),
                        one("tasks", team.project),
                        one("task", task),
                        one("subtasks", task),
                        one("item", item),
                        one("items", team.project),
                        one("sums", team.project)));

        List<String> same = List.of(
                team.path(""),
                team.path("/members"),
                team.path("/sections"),
                team.path("/labels"),
                "/api/tasks?project=" + team.project,
                "/api/tasks/" + task,
                "/api/tasks?parent=" + task,
                "/api/items/" + item,
                "/api/items?project=" + team.project,
                "/api/items/sums?project=" + team.project);
        for (int i = 0; i < same.size(); i++) {
            assertThat(answers.get(i).path("status").asInt()).as(same.get(i)).isEqualTo(200);
            assertThat(withoutCursors(answers.get(i).path("body")))
                    .as(same.get(i))
                    .isEqualTo(withoutCursors(viewer.get(same.get(i)).json()));
        }
    }

    @Test
    void listsAreFilteredSortedAndPaged() {
        team.task("Rake");
        String done = team.task("Sweep");
        team.editor.api().put("/api/tasks/" + done + "/completion");
        Map<String, Object> some = new LinkedHashMap<>(one("tasks", team.project));
        some.put("status", "done");
        Map<String, Object> few = new LinkedHashMap<>(one("tasks", team.project));
        few.putAll(Map.of("limit", 1, "sort", "-title"));

        Map<String, Object> wrong = new LinkedHashMap<>(one("tasks", team.project));
        wrong.put("sort", "nothing");

        JsonNode answers =
                read(team.viewer.id(), List.of(some, few, wrong, one("projects", new UUID(0, 0).toString())));

        assertThat(answers.at("/0/body/items").findValuesAsText("title")).containsExactly("Sweep");
        assertThat(answers.at("/1/body/items").findValuesAsText("title")).containsExactly("Sweep");
        assertThat(answers.at("/1/body/nextCursor").asText()).isNotEmpty();
        assertThat(answers.at("/2/status").asInt()).isEqualTo(400);
        assertThat(answers.at("/3/body/items").findValuesAsText("name")).containsExactly("Garden");
    }

    @Test
    void eachIsRefusedAlone() {
        String task = team.task("Rake");

        JsonNode stranger = read(team.stranger.id(), List.of(one("task", task), one("projects", team.project)));

        assertThat(stranger.at("/0/status").asInt()).isEqualTo(404);
        assertThat(stranger.at("/0/problem/code").asText()).isEqualTo("not-found");
        assertThat(stranger.at("/1/status").asInt()).isEqualTo(200);
        assertThat(stranger.at("/1/body/items")).isEmpty();
    }

    @Test
    void whatIsInTheTrashIsNotThere() {
        String task = team.task("Rake");
        team.editor.api().delete("/api/tasks/" + task);

        JsonNode answers = read(team.editor.id(), List.of(one("task", task)));

        assertThat(answers.at("/0/status").asInt()).isEqualTo(404);
    }

    @Test
    void isForServicesThatShowWhoAsks() {
        Map<String, Object> wanted = Map.of("reads", List.of(one("project", team.project)));
        String narrow = "Bearer " + tokens.program(team.owner.id(), "users:read");

        assertThat(ask(team.service("gateway"), wanted).code()).isEqualTo("unauthenticated");
        assertThat(ask(team.service("gateway").header("Tarn-On-Behalf-Of", "Bearer forged"), wanted)
                        .code())
                .isEqualTo("unauthenticated");
        assertThat(ask(team.service("gateway").header("Tarn-On-Behalf-Of", "Bearer " + tokens.service("posts")), wanted)
                        .code())
                .isEqualTo("unauthenticated");
        assertThat(ask(team.service("gateway").header("Tarn-On-Behalf-Of", narrow), wanted)
                        .code())
                .isEqualTo("forbidden");
        assertThat(ask(team.owner.api(), wanted).code()).isEqualTo("forbidden");
        assertThat(ask(team.service("posts"), wanted).code()).isEqualTo("forbidden");
        assertThat(ask(Api.here(), wanted).status()).isEqualTo(401);
    }

    private JsonNode read(UUID user, List<Map<String, Object>> reads) {
        Api service = team.service("gateway").header("Tarn-On-Behalf-Of", "Bearer " + tokens.session(user));
        Api.Answer answer = ask(service, Map.of("reads", reads));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("items");
    }

    private static Api.Answer ask(Api api, Map<String, Object> wanted) {
        return api.post("/internal/tasks/reads", wanted);
    }

    private static Map<String, Object> one(String kind, String id) {
        return Map.of("kind", kind, "id", id);
    }
}
