package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tarn.testing.Api;

/// What many users do at the same time.
@QuarkusTest
@Timeout(30)
final class CrowdApiTest {

    @Inject
    Team team;

    @Test
    void requestsAtOnceUnderOneKeyOpenOneTask() throws Exception {
        Api again = team.editor.api().idempotencyKey("key-1");
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            requests.add(() -> again.post("/api/tasks", Map.of("projectId", team.project, "title", "Rake")));
        }

        List<Api.Answer> answers = Team.atOnce(requests);

        assertThat(answers)
                .allMatch(answer -> answer.status() == 201 || answer.code().equals("idempotency-in-flight"));
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 201)
                .extracting(answer -> answer.at("/id"))
                .doesNotContain("")
                .isNotEmpty();
        assertThat(team.titles("")).containsExactly("Rake");
    }

    @Test
    void whoOpensAtOnceWithOthersIsRefusedAlone() throws Exception {
        Map<String, Object> good = Map.of("projectId", team.project, "title", "Rake");
        Api viewer = team.viewer.api();
        Api editor = team.editor.api();
        Api stranger = team.stranger.api();
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String nowhere = new UUID(7, i).toString();
            requests.add(
                    switch (i % 10) {
                        case 0 -> () -> viewer.post("/api/tasks", good);
                        case 1 -> () -> stranger.post("/api/tasks", good);
                        case 2 -> () -> editor.post("/api/tasks", with(good, "sectionId", nowhere));
                        case 3 -> () -> editor.post("/api/tasks", with(good, "labels", List.of(nowhere)));
                        case 4 -> () -> editor.post("/api/tasks", with(good, "assignees", List.of(nowhere)));
                        default -> () -> editor.post("/api/tasks", good);
                    });
        }

        List<Api.Answer> answers = Team.atOnce(requests);

        List<Integer> expected = List.of(403, 404, 422, 422, 422, 201, 201, 201, 201, 201);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).status()).as(answers.get(i).toString()).isEqualTo(expected.get(i % 10));
        }
        assertThat(answers.get(2).at("/errors/0/pointer")).isEqualTo("/sectionId");
        assertThat(Rows.of("select distinct position from tasks.task where project_id = ?", team.project))
                .hasSize(30);
        assertThat(Rows.of(
                        "select distinct e.aggregate_id from tasks.outbox e join tasks.task t on t.id = e.aggregate_id"
                                + " where t.project_id = ? and e.type = 'task.created'",
                        team.project))
                .hasSize(30);
    }

    @Test
    void whoReadsAtOnceWithOthersSeesTheirOwn() throws Exception {
        String first = team.task("Rake");
        String second = team.task("Sweep");
        Api viewer = team.viewer.api();
        Api editor = team.editor.api();
        Api stranger = team.stranger.api();
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            requests.add(
                    switch (i % 3) {
                        case 0 -> () -> viewer.get("/api/tasks/" + first);
                        case 1 -> () -> editor.get("/api/tasks/" + second);
                        default -> () -> stranger.get("/api/tasks/" + first);
                    });
        }

        List<Api.Answer> answers = Team.atOnce(requests);

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).at("/title"))
                    .isEqualTo(List.of("Rake", "Sweep", "Not Found").get(i % 3));
        }
    }

    private static Map<String, Object> with(Map<String, Object> draft, String field, Object value) {
        Map<String, Object> more = new HashMap<>(draft);
        more.put(field, value);
        return more;
    }

    @Test
    void changesAtOnceOfDifferentFieldsLoseNothing() throws Exception {
        String id = team.task("Rake");
        Map<String, Object> fields = new TreeMap<>(Map.of(
                "title", "Sweep",
                "description", "All of it",
                "priority", "high",
                "status", "done",
                "due", "2026-11-22T10:00:00Z",
                "sectionId", team.sections().getFirst(),
                "parentId", team.task("Clean"),
                "assignees", List.of(team.viewer.id().toString()),
                "labels", List.of(team.label("Spring"))));
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        fields.forEach((field, value) ->
                requests.add(() -> team.editor.api().patch("/api/tasks/" + id, Map.of(field, value))));

        List<Api.Answer> answers = Team.atOnce(requests);

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(200));
        assertThat(answers)
                .extracting(answer -> answer.json().path("version").asInt())
                .doesNotHaveDuplicates();
        JsonNode task = team.read(id);
        Map<String, Object> left = new HashMap<>();
        fields.forEach((field, value) -> {
            if (!task.path(field).toString().equals(value instanceof List ? json(value) : "\"" + value + "\"")) {
                left.put(field, task.path(field));
            }
        });
        assertThat(left).isEmpty();
        assertThat(task.path("version").asInt()).isEqualTo(1 + fields.size());
    }

    private static String json(Object list) {
        return list.toString().replace("[", "[\"").replace("]", "\"]");
    }

    @Test
    void ofAssignmentsAtOnceOneIsTheLast() throws Exception {
        String id = team.task("Rake");
        List<Callable<Api.Answer>> requests = Stream.of(team.owner, team.editor, team.viewer)
                .<Callable<Api.Answer>>map(one ->
                        () -> team.editor.api().patch("/api/tasks/" + id, Map.of("assignees", List.of(one.id()))))
                .toList();

        List<Api.Answer> answers = whileLocked("select 1 from tasks.task where id = ? for update", id, requests);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.json().path("assignees"))
                        .as(answer.toString())
                        .hasSize(1));
        assertThat(team.read(id).path("assignees")).hasSize(1);
    }

    @Test
    void aSectionIsRemovedOrGetsATask() throws Exception {
        String section = team.section("Shed");
        List<Callable<Api.Answer>> requests = List.of(
                () -> team.editor.api().delete(team.path("/sections/" + section)),
                () -> team.editor
                        .api()
                        .post("/api/tasks", Map.of("projectId", team.project, "title", "Rake", "sectionId", section)));

        List<Api.Answer> answers =
                whileLocked("select 1 from tasks.section where id = ? for update", section, requests);

        assertThat(answers.stream().map(Api.Answer::status).toList()).isIn(List.of(204, 422), List.of(409, 201));
    }

    @Test
    void aTaskIsRemovedWithItsNewestPart() throws Exception {
        String parent = team.task("Plant");
        List<Callable<Api.Answer>> requests = List.of(
                () -> team.editor.api().delete("/api/tasks/" + parent),
                () -> team.editor
                        .api()
                        .post("/api/tasks", Map.of("projectId", team.project, "title", "Dig", "parentId", parent)));

        List<Api.Answer> answers =
                whileLocked("select 1 from tasks.project where id = ? for update", team.project, requests);

        assertThat(answers.stream().map(Api.Answer::status).toList()).isIn(List.of(204, 422), List.of(204, 201));
        assertThat(team.titles("")).isEmpty();
    }

    @Test
    void movingNestingAndRemovingAtOnceNeverStandStill() throws Exception {
        List<String> ids =
                IntStream.range(0, 6).mapToObj(i -> team.task("" + i)).toList();
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            String other = ids.get((i + 1) % ids.size());
            requests.add(() -> team.editor.api().put("/api/tasks/" + id + "/position", "{}"));
            requests.add(() -> team.editor.api().patch("/api/tasks/" + id, Map.of("parentId", other)));
            requests.add(() -> team.editor.api().delete("/api/tasks/" + other));
            requests.add(() -> team.editor.api().put("/api/tasks/" + id + "/restoration"));
        }

        List<Api.Answer> answers = Team.atOnce(requests);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.status() + answer.code())
                        .as(answer.toString())
                        .isIn("200", "204", "409in-trash", "422unknown", "422cycle", "422too-deep"));
    }

    @Test
    void changesAtOnceOfAProjectLoseNothing() throws Exception {
        String label = team.label("Spring");
        String section = team.sections().getFirst();
        List<Callable<Api.Answer>> requests = List.of(
                () -> team.owner.api().patch(team.path(""), Map.of("name", "Park")),
                () -> team.owner.api().patch(team.path(""), Map.of("description", "Green")),
                () -> team.owner.api().patch(team.path(""), Map.of("archived", true)),
                () -> team.editor.api().patch(team.path("/labels/" + label), Map.of("name", "Summer")),
                () -> team.editor.api().patch(team.path("/labels/" + label), Map.of("color", "blue")),
                () -> team.editor.api().patch(team.path("/sections/" + section), Map.of("name", "Later")),
                () -> team.editor.api().patch(team.path("/sections/" + section), Map.of("archived", true)));

        List<Api.Answer> answers =
                whileLocked("select 1 from tasks.project where id = ? for update", team.project, requests);

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(200));
        Api.Answer project = team.owner.api().get(team.path(""));
        assertThat(project.at("/name") + project.at("/description") + project.at("/archived"))
                .isEqualTo("ParkGreentrue");
        Api.Answer labels = team.owner.api().get(team.path("/labels"));
        assertThat(labels.at("/items/0/name") + labels.at("/items/0/color")).isEqualTo("Summerblue");
        Api.Answer sections = team.owner.api().get(team.path("/sections"));
        assertThat(sections.at("/items/0/name") + sections.at("/items/0/archived"))
                .isEqualTo("Latertrue");
    }

    @Test
    void tasksMovedToOnePlaceAtOnceKeepAnOrder() throws Exception {
        String first = team.task("first");
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String id = team.task("" + i);
            requests.add(() -> team.editor.api().put("/api/tasks/" + id + "/position", Map.of("after", first)));
        }
        String last = team.task("last");

        List<Api.Answer> answers = Team.atOnce(requests);

        assertThat(answers).extracting(Api.Answer::status).containsOnly(200);
        assertThat(answers).extracting(answer -> answer.at("/position")).doesNotHaveDuplicates();
        assertThat(team.titles("")).hasSize(12).startsWith("first").endsWith("last");
        assertThat(team.read(last).path("version").asInt()).isEqualTo(1);
    }

    @Test
    void twoOwnersWhoDemoteEachOtherLeaveOne() throws Exception {
        team.join(team.editor, "owner");
        List<Callable<Api.Answer>> requests = List.of(
                () -> team.owner.api().put(team.path("/members/" + team.editor.id()), Map.of("role", "viewer")),
                () -> team.editor.api().put(team.path("/members/" + team.owner.id()), Map.of("role", "viewer")));

        List<Api.Answer> answers =
                whileLocked("select 1 from tasks.project where id = ? for update", team.project, requests);

        assertThat(answers).extracting(Api.Answer::status).containsExactlyInAnyOrder(200, 403);
    }

    /// The answers to requests that all have to wait for one row until the last has come.
    private static List<Api.Answer> whileLocked(String lock, String id, List<Callable<Api.Answer>> requests)
            throws Exception {
        try (Connection connection = Rows.locking(lock, id);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> answers =
                    requests.stream().map(threads::submit).toList();
            Rows.awaitWaiting(requests.size());
            connection.rollback();
            List<Api.Answer> all = new ArrayList<>();
            for (Future<Api.Answer> answer : answers) {
                all.add(answer.get());
            }
            return all;
        }
    }

    @Test
    void tasksOpenedAtOnceAreAllThere() throws Exception {
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String title = "Task " + i;
            requests.add(() -> team.editor.api().post("/api/tasks", Map.of("projectId", team.project, "title", title)));
        }

        List<Api.Answer> answers = Team.atOnce(requests);

        assertThat(answers).extracting(Api.Answer::status).containsOnly(201);
        assertThat(answers).extracting(answer -> answer.at("/position")).doesNotHaveDuplicates();
        assertThat(team.titles("")).hasSize(20);
    }
}
