package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
final class BulkChangeApiTest {

    @Inject
    Team team;

    @Test
    void tellsOfEachChangeWhatBecameOfIt() {
        String good = team.task("good");
        String stale = team.task("stale");
        String long_ = team.task("long");
        String strange = team.task("strange");

        Api.Answer answer = change(List.of(
                Map.of("id", good, "version", 1, "change", Map.of("status", "done")),
                Map.of("id", stale, "version", 7, "change", Map.of("status", "done")),
                Map.of("id", long_, "change", Map.of("title", "x".repeat(501))),
                Map.of("id", strange, "change", Map.of("colour", "red")),
                Map.of("id", team.project, "change", Map.of("title", "x")),
                Map.of("id", good, "change", Map.of("assignees", List.of(team.stranger.id()))),
                Map.of("id", good, "change", Map.of("title", "better"))));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(207);
        JsonNode items = answer.json().path("items");
        assertThat(items)
                .extracting(item -> item.path("status").asInt())
                .containsExactly(200, 412, 422, 400, 404, 422, 200);
        assertThat(items.path(0).path("task").path("status").asText()).isEqualTo("done");
        assertThat(items.path(1).path("problem").path("code").asText()).isEqualTo("version-mismatch");
        assertThat(items.path(2)
                        .path("problem")
                        .path("errors")
                        .path(0)
                        .path("pointer")
                        .asText())
                .isEqualTo("/title");
        assertThat(items.path(3)
                        .path("problem")
                        .path("errors")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("unknown-field");
        assertThat(items.path(6).path("task")).isEqualTo(team.read(good));
        assertThat(items).extracting(item -> item.path("id").asText()).startsWith(good, stale, long_);
    }

    @Test
    void takesAHundredAndNoMore() {
        Map<String, Object> one = Map.of("id", team.task("Rake"), "change", Map.of("title", "Sweep"));

        Api.Answer hundred = team.editor.api().patch("/api/tasks", Map.of("changes", Collections.nCopies(100, one)));
        Api.Answer more = team.editor.api().patch("/api/tasks", Map.of("changes", Collections.nCopies(101, one)));
        Api.Answer none = change(List.of());

        assertThat(hundred.status()).isEqualTo(207);
        assertThat(List.of(more, none))
                .allMatch(answer ->
                        answer.status() == 422 && answer.at("/errors/0/pointer").equals("/changes"));
    }

    @Test
    void saysWhereAChangeIsWrong() {
        Api.Answer answer = team.editor
                .api()
                .patch(
                        "/api/tasks",
                        "{\"changes\": [{\"id\": \"" + team.project
                                + "\", \"change\": {}}, {\"id\": null, \"change\": {}}, null]}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("pointer").asText())
                .containsExactly("/changes/1/id", "/changes/2");
    }

    private Api.Answer change(List<Map<String, Object>> changes) {
        return team.editor.api().patch("/api/tasks", Map.of("changes", changes));
    }
}
