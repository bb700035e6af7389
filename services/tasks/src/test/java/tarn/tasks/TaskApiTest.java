package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;

@QuarkusTest
final class TaskApiTest {

    @Inject
    Team team;

    @Test
    void opensATaskWithEverythingItCanHave() {
        String section = team.sections().getFirst();
        String parent = team.task("Plant");
        String label = team.label("Spring");

        Api.Answer answer = team.editor
                .api()
                .post(
                        "/api/tasks",
                        Map.ofEntries(
                                Map.entry("projectId", team.project),
                                Map.entry("sectionId", section),
                                Map.entry("parentId", parent),
                                Map.entry("title", "  Buy bulbs "),
                                Map.entry("description", "*Two* kinds\n\n- tulips"),
                                Map.entry("status", "done"),
                                Map.entry("priority", "urgent"),
                                Map.entry("start", "2026-11-21T10:00:00Z"),
                                Map.entry("due", "2026-11-22T10:00:00Z"),
                                Map.entry("assignees", List.of(team.viewer.id(), team.viewer.id())),
                                Map.entry("labels", List.of(label))));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.header("Location")).endsWith("/api/tasks/" + answer.at("/id"));
        JsonNode task = answer.json();
        assertThat(task).isEqualTo(team.read(answer.at("/id")));
        assertThat(task.path("title").asText()).isEqualTo("Buy bulbs");
        assertThat(task.path("projectId").asText()).isEqualTo(team.project);
        assertThat(task.path("sectionId").asText()).isEqualTo(section);
        assertThat(task.path("parentId").asText()).isEqualTo(parent);
        assertThat(task.path("status").asText()).isEqualTo("done");
        assertThat(task.path("priority").asText()).isEqualTo("urgent");
        assertThat(task.path("start").asText()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(task.path("due").asText()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(task.path("assignees")).hasSize(1);
        assertThat(task.path("labels").path(0).asText()).isEqualTo(label);
        assertThat(task.path("createdBy").asText()).isEqualTo(team.editor.id().toString());
        assertThat(task.path("completedAt").asText())
                .isEqualTo(task.path("createdAt").asText());
        assertThat(task.path("version").asLong()).isEqualTo(1);
    }

    @Test
    void opensATaskOfWhichOnlyTheTitleIsSaid() {
        JsonNode task = team.read(team.task("Rake"));

        assertThat(task.path("description").asText()).isEmpty();
        assertThat(task.path("status").asText()).isEqualTo("open");
        assertThat(task.path("priority").asText()).isEqualTo("none");
        assertThat(task.path("assignees")).isEmpty();
        assertThat(task.path("labels")).isEmpty();
        assertThat(List.of("sectionId", "parentId", "start", "due", "completedAt", "deletedAt"))
                .allMatch(field -> task.path(field).isNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; drop table tasks.task; --",
                "{fn now()} {d '2026-01-01'} ? :x $1 $$ {0}",
                "back\\slash \\' E'\\x00' \"quoted\" <b>",
                "Grüße 日本 \uD83D\uDC69\u200D\uD83C\uDF3E \u00e9"
            })
    void keepsTextAsItWasWritten(String text) {
        String id = team.task(Map.of("title", text, "description", text));

        JsonNode task = team.read(id);

        assertThat(task.path("title").asText()).isEqualTo(text);
        assertThat(task.path("description").asText()).isEqualTo(text);
    }

    @Test
    void keepsTimesToTheMicrosecond() {
        Api.Answer answer = team.editor
                .api()
                .post(
                        "/api/tasks",
                        Map.of(
                                "projectId",
                                team.project,
                                "title",
                                "Rake",
                                "due",
                                "2026-11-22T10:00:00.123456999+01:00"));

        assertThat(answer.at("/due")).isEqualTo("2026-11-22T09:00:00.123456Z");
        assertThat(team.read(answer.at("/id")).path("due").asText()).isEqualTo("2026-11-22T09:00:00.123456Z");
    }

    @Test
    void changesWhatIsSentAndLeavesTheRest() {
        String label = team.label("Spring");
        String id = team.task(
                Map.of("title", "Rake", "priority", "high", "due", "2026-11-22T10:00:00Z", "labels", List.of(label)));
        team.clock.advance(Duration.ofMinutes(1));

        Api.Answer answer = team.editor.api().patch("/api/tasks/" + id, "{\"title\": \"Sweep\", \"due\": null}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.etag())
                .isEqualTo(team.viewer.api().get("/api/tasks/" + id).etag())
                .startsWith("\"2");
        JsonNode task = answer.json();
        assertThat(task).isEqualTo(team.read(id));
        assertThat(task.path("title").asText()).isEqualTo("Sweep");
        assertThat(task.path("due").isNull()).isTrue();
        assertThat(task.path("priority").asText()).isEqualTo("high");
        assertThat(task.path("labels").path(0).asText()).isEqualTo(label);
        assertThat(task.path("updatedAt").asText())
                .isGreaterThan(task.path("createdAt").asText());
    }

    @Test
    void aChangeThatChangesNothingIsNoNewVersion() {
        String id = team.task("Rake");

        Api.Answer answer =
                team.editor.api().patch("/api/tasks/" + id, Map.of("title", "Rake", "assignees", List.of()));

        assertThat(answer.at("/version")).isEqualTo("1");
    }

    @Test
    void exchangesAssigneesAndLabels() {
        String spring = team.label("Spring");
        String autumn = team.label("Autumn");
        String id = team.task(Map.of(
                "title", "Rake", "assignees", List.of(team.owner.id(), team.editor.id()), "labels", List.of(spring)));

        team.editor
                .api()
                .patch(
                        "/api/tasks/" + id,
                        Map.of("assignees", List.of(team.editor.id(), team.viewer.id()), "labels", List.of(autumn)));

        JsonNode task = team.read(id);
        assertThat(task.path("assignees"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        team.editor.id().toString(), team.viewer.id().toString());
        assertThat(task.path("labels")).extracting(JsonNode::asText).containsExactly(autumn);
    }

    @Test
    void changesOnlyTheVersionThatWasRead() {
        String id = team.task("Rake");
        String read = team.viewer.api().get("/api/tasks/" + id).etag();
        team.editor.api().patch("/api/tasks/" + id, Map.of("title", "Sweep"));

        List<Api.Answer> late = List.of(
                team.editor.api().ifMatch(read).patch("/api/tasks/" + id, Map.of("title", "Lost")),
                team.editor.api().ifMatch("\"rubbish\"").patch("/api/tasks/" + id, Map.of("title", "Lost")),
                team.editor.api().ifMatch(read).put("/api/tasks/" + id + "/completion"),
                team.editor.api().ifMatch(read).delete("/api/tasks/" + id + "/completion"),
                team.editor.api().ifMatch(read).put("/api/tasks/" + id + "/position", "{}"),
                team.editor.api().ifMatch(read).delete("/api/tasks/" + id));

        assertThat(late).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(412);
            assertThat(answer.code()).isEqualTo("version-mismatch");
        });
        assertThat(team.read(id).path("title").asText()).isEqualTo("Sweep");
    }

    @Test
    void sendsNothingToWhoHasTheTaskAlready() {
        String id = team.task("Rake");
        String tag = team.viewer.api().get("/api/tasks/" + id).etag();

        Api.Answer unchanged = team.viewer.api().ifNoneMatch(tag).get("/api/tasks/" + id);
        team.task(Map.of("title", "Sweep", "parentId", id));
        Api.Answer grown = team.viewer.api().ifNoneMatch(tag).get("/api/tasks/" + id);

        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(grown.at("/subtasks/total")).isEqualTo("1");
    }

    @Test
    void completingTwiceChangesNothing() {
        String id = team.task("Rake");

        Api.Answer once = team.editor.api().put("/api/tasks/" + id + "/completion");
        team.clock.advance(Duration.ofMinutes(1));
        Api.Answer twice = team.editor.api().put("/api/tasks/" + id + "/completion");

        assertThat(once.at("/status")).isEqualTo("done");
        assertThat(once.at("/version")).isEqualTo("2");
        assertThat(twice.json()).isEqualTo(once.json());
        assertThat(twice.etag()).isEqualTo(once.etag());
    }

    @Test
    void reopeningTwiceChangesNothing() {
        String id = team.task(Map.of("title", "Rake", "status", "done"));

        Api.Answer once = team.editor.api().delete("/api/tasks/" + id + "/completion");
        Api.Answer twice = team.editor.api().delete("/api/tasks/" + id + "/completion");

        assertThat(once.at("/status")).isEqualTo("open");
        assertThat(once.json().path("completedAt").isNull()).isTrue();
        assertThat(twice.json()).isEqualTo(once.json());
    }

    @Test
    void countsSubtasksAndThoseDone() {
        String parent = team.task("Plant");
        team.task(Map.of("title", "Dig", "parentId", parent));
        team.task(Map.of("title", "Water", "parentId", parent, "status", "done"));
        String trashed = team.task(Map.of("title", "Weed", "parentId", parent, "status", "done"));
        team.editor.api().delete("/api/tasks/" + trashed);

        JsonNode subtasks = team.read(parent).path("subtasks");

        assertThat(subtasks.path("total").asInt()).isEqualTo(2);
        assertThat(subtasks.path("done").asInt()).isEqualTo(1);
    }

    @Test
    void refusesSubtasksThatGoRoundOrTooDeep() {
        String top = team.task("0");
        String deepest = top;
        for (int depth = 1; depth <= TaskTree.MAX_DEPTH; depth++) {
            deepest = team.task(Map.of("title", "" + depth, "parentId", deepest));
        }
        String other = team.task("other");

        Api.Answer deeper = team.editor
                .api()
                .post("/api/tasks", Map.of("projectId", team.project, "title", "9", "parentId", deepest));
        Api.Answer lowered = team.editor.api().patch("/api/tasks/" + top, Map.of("parentId", other));
        Api.Answer round = team.editor.api().patch("/api/tasks/" + top, Map.of("parentId", deepest));
        Api.Answer self = team.editor.api().patch("/api/tasks/" + top, Map.of("parentId", top));

        assertThat(List.of(deeper, lowered))
                .allMatch(answer -> answer.status() == 422 && answer.code().equals("too-deep"));
        assertThat(List.of(round, self))
                .allMatch(answer -> answer.status() == 422 && answer.code().equals("cycle"));
        assertThat(self.at("/errors/0/pointer")).isEqualTo("/parentId");
    }

    @Test
    void aTaskStaysInItsProject() {
        String id = team.task("Rake");
        String other =
                team.editor.api().post("/api/projects", Map.of("name", "House")).at("/id");

        Api.Answer answer = team.editor.api().patch("/api/tasks/" + id, Map.of("projectId", other));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/projectId");
    }

    @Test
    void aTaskStartsBeforeItIsDue() {
        String id = team.task(Map.of("title", "Rake", "due", "2026-11-22T10:00:00Z"));

        Api.Answer answer = team.editor.api().patch("/api/tasks/" + id, Map.of("start", "2026-11-22T10:00:01Z"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/start");
    }

    @Test
    void theSameRequestTwiceOpensOneTask() {
        Api again = team.editor.api().idempotencyKey("key-1");
        Map<String, String> draft = Map.of("projectId", team.project, "title", "Rake");

        Api.Answer first = again.post("/api/tasks", draft);
        Api.Answer second = again.post("/api/tasks", draft);
        Api.Answer other = again.post("/api/tasks", Map.of("projectId", team.project, "title", "Sweep"));
        Api.Answer elsewhere = again.post("/api/projects", Map.of("name", "Rake"));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.etag()).isEqualTo(first.etag());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Content-Type")).startsWith("application/json");
        assertThat(List.of(other, elsewhere)).allMatch(answer -> answer.code().equals("idempotency-key-reused"));
        assertThat(team.titles("")).containsExactly("Rake");
    }

    @Test
    void aRefusedRequestMayBeMendedUnderItsKey() {
        Api again = team.editor.api().idempotencyKey("key-1");

        Api.Answer refused =
                again.post("/api/tasks", Map.of("projectId", team.project, "title", "Rake", "sectionId", team.project));
        Api.Answer mended = again.post("/api/tasks", Map.of("projectId", team.project, "title", "Rake"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("unknown");
        assertThat(mended.status()).isEqualTo(201);
    }
}
