package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
final class SectionAndLabelApiTest {

    @Inject
    Team team;

    @Test
    void addsASectionAtTheEndOfTheBoard() {
        Api.Answer answer = team.editor.api().post(team.path("/sections"), Map.of("name", " Shed "));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.etag()).isEqualTo("\"1\"");
        assertThat(answer.header("Location")).endsWith(team.path("/sections/" + answer.at("/id")));
        assertThat(names("/sections")).containsExactly("To do", "Doing", "Done", "Shed");
    }

    @Test
    void renamesAndArchivesASection() {
        String path = team.path("/sections/" + team.sections().getFirst());

        Api.Answer renamed = team.editor.api().ifMatch("\"1\"").patch(path, Map.of("name", "Later", "archived", true));
        Api.Answer same = team.editor.api().patch(path, Map.of("name", "Later"));
        Api.Answer late = team.editor.api().ifMatch("\"1\"").patch(path, Map.of("name", "Lost"));

        assertThat(renamed.at("/name") + renamed.at("/archived")).isEqualTo("Latertrue");
        assertThat(same.etag()).isEqualTo(renamed.etag()).isEqualTo("\"2\"");
        assertThat(late.code()).isEqualTo("version-mismatch");
    }

    @Test
    void movesOneSectionAndNoOther() {
        List<String> ids = team.sections();

        Api.Answer toFront = move(ids.get(2), null);
        List<String> front = names("/sections");
        move(ids.get(2), ids.get(0));
        List<String> between = names("/sections");
        move(ids.get(2), ids.get(1));
        List<String> back = names("/sections");

        assertThat(toFront.status()).as(toFront.toString()).isEqualTo(200);
        assertThat(front).containsExactly("Done", "To do", "Doing");
        assertThat(between).containsExactly("To do", "Done", "Doing");
        assertThat(back).containsExactly("To do", "Doing", "Done");
        assertThat(Team.texts(team.viewer.api().get(team.path("/sections")), "version"))
                .containsExactly("1", "1", "4");
    }

    @Test
    void movesASectionOnlyBehindAnotherOfItsProject() {
        String id = team.sections().getFirst();
        String foreign = team.stranger
                .api()
                .post("/api/projects", Map.of("name", "House"))
                .at("/id");
        String section = team.stranger
                .api()
                .get("/api/projects/" + foreign + "/sections")
                .at("/items/0/id");

        List<Api.Answer> answers = List.of(move(id, id), move(id, section), move(id, foreign));

        assertThat(answers)
                .allMatch(answer ->
                        answer.status() == 422 && answer.at("/errors/0/pointer").equals("/after"));
    }

    @Test
    void removesOnlyAnEmptySection() {
        String section = team.section("Shed");
        String task = team.task(Map.of("title", "Rake", "sectionId", section));

        Api.Answer full = team.editor.api().delete(team.path("/sections/" + section));
        team.editor.api().delete("/api/tasks/" + task);
        Api.Answer empty = team.editor.api().delete(team.path("/sections/" + section));
        JsonNode restored =
                team.editor.api().put("/api/tasks/" + task + "/restoration").json();

        assertThat(full.code()).isEqualTo("section-not-empty");
        assertThat(empty.status()).isEqualTo(204);
        assertThat(team.sections()).doesNotContain(section);
        assertThat(restored.path("sectionId").isNull()).isTrue();
    }

    @Test
    void listsLabelsByName() {
        team.label("b");
        team.label("A");
        Api.Answer nameless = team.editor.api().post(team.path("/labels"), Map.of("color", "teal"));

        assertThat(nameless.status()).as(nameless.toString()).isEqualTo(201);
        assertThat(names("/labels")).containsExactly("", "A", "b");
    }

    @Test
    void changesALabel() {
        String path = team.path("/labels/" + team.label("Spring"));

        Api.Answer recolored = team.editor.api().ifMatch("\"1\"").patch(path, Map.of("color", "blue"));
        Api.Answer same = team.editor.api().patch(path, Map.of("color", "blue"));
        Api.Answer late = team.editor.api().ifMatch("\"1\"").patch(path, Map.of("color", "black"));

        assertThat(recolored.at("/name") + recolored.at("/color")).isEqualTo("Springblue");
        assertThat(same.etag()).isEqualTo("\"2\"");
        assertThat(late.status()).isEqualTo(412);
    }

    @Test
    void aRemovedLabelLeavesEveryTask() {
        String label = team.label("Spring");
        String task = team.task(Map.of("title", "Rake", "labels", List.of(label)));
        String tag = team.viewer.api().get("/api/tasks/" + task).etag();

        Api.Answer removed = team.editor.api().delete(team.path("/labels/" + label));

        assertThat(removed.status()).isEqualTo(204);
        Api.Answer read = team.viewer.api().ifNoneMatch(tag).get("/api/tasks/" + task);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().path("labels")).isEmpty();
        assertThat(team.editor.api().delete(team.path("/labels/" + label)).status())
                .isEqualTo(404);
    }

    @Test
    void aRestoredLabelIsOnItsTasksAgain() {
        String label = team.label("Spring");
        String other = team.label("Autumn");
        String task = team.task(Map.of("title", "Rake", "labels", List.of(label, other)));
        String removed = team.task(Map.of("title", "Dig", "labels", List.of(label)));
        String path = team.path("/labels/" + label);
        team.editor.api().delete(path);
        team.editor.api().delete("/api/tasks/" + removed);

        Api.Answer byViewer = team.viewer.api().put(path + "/restoration");
        Api.Answer restored = team.editor.api().put(path + "/restoration");
        Api.Answer again = team.editor.api().put(path + "/restoration");
        team.editor.api().put("/api/tasks/" + removed + "/restoration");

        assertThat(byViewer.status()).isEqualTo(403);
        assertThat(restored.at("/name") + restored.at("/color")).isEqualTo("Springred");
        assertThat(restored.etag()).isEqualTo("\"2\"");
        assertThat(again.body()).isEqualTo(restored.body());
        assertThat(team.read(task).path("labels")).hasSize(2);
        assertThat(team.read(removed).path("labels")).hasSize(1);
    }

    @Test
    void aRestoredLabelIsOnNoTaskThatHasNoRoom() {
        String label = team.label("Spring");
        String task = team.task(Map.of("title", "Rake", "labels", List.of(label)));
        team.editor.api().delete(team.path("/labels/" + label));
        List<String> many = IntStream.range(0, Task.MAX_LABELS)
                .mapToObj(i -> team.label("L" + i))
                .toList();
        team.editor.api().patch("/api/tasks/" + task, Map.of("labels", many));

        Api.Answer restored = team.editor.api().put(team.path("/labels/" + label + "/restoration"));

        assertThat(restored.status()).isEqualTo(200);
        assertThat(team.read(task).path("labels")).hasSize(Task.MAX_LABELS);
    }

    @Test
    void aRestoredSectionIsWhereItWasWithItsTasks() {
        List<String> before = team.sections();
        String section = before.get(1);
        String task = team.task(Map.of("title", "Rake", "sectionId", section));
        String path = team.path("/sections/" + section);
        team.editor.api().patch(path, Map.of("archived", true));
        team.editor.api().delete("/api/tasks/" + task);
        team.editor.api().delete(path);

        Api.Answer restored = team.editor.api().put(path + "/restoration");
        Api.Answer again = team.editor.api().put(path + "/restoration");
        team.editor.api().put("/api/tasks/" + task + "/restoration");

        assertThat(restored.at("/name") + restored.at("/archived")).isEqualTo("Doingtrue");
        assertThat(restored.etag()).isEqualTo("\"3\"");
        assertThat(again.body()).isEqualTo(restored.body());
        assertThat(team.sections()).isEqualTo(before);
        assertThat(team.read(task).path("sectionId").asText()).isEqualTo(section);
    }

    @Test
    void aRestoredSectionIsLastWhereItsPlaceIsTaken() {
        List<String> before = team.sections();
        String path = team.path("/sections/" + before.getLast());
        team.editor.api().delete(path);
        String added = team.section("Shed");
        Rows.run(
                "update tasks.section set position = (select content ->> 'position' from tasks.removed_row where id = '"
                        + before.getLast() + "') where id = '" + added + "'");

        team.editor.api().put(path + "/restoration");

        assertThat(team.sections()).containsExactly(before.get(0), before.get(1), added, before.get(2));
    }

    @Test
    void aTaskThatIsInAnotherSectionStaysThere() {
        String section = team.section("Shed");
        String task = team.task(Map.of("title", "Rake", "sectionId", section));
        team.editor.api().delete("/api/tasks/" + task);
        team.editor.api().delete(team.path("/sections/" + section));
        team.editor.api().put("/api/tasks/" + task + "/restoration");
        String other = team.sections().getFirst();
        team.editor.api().patch("/api/tasks/" + task, Map.of("sectionId", other));

        team.editor.api().put(team.path("/sections/" + section + "/restoration"));

        assertThat(team.read(task).path("sectionId").asText()).isEqualTo(other);
    }

    @Test
    void theSameRequestTwiceAddsOne() {
        Api again = team.editor.api().idempotencyKey("key-1");
        again.post(team.path("/sections"), Map.of("name", "Shed"));
        Api.Answer section = again.post(team.path("/sections"), Map.of("name", "Shed"));
        Api label = team.editor.api().idempotencyKey("key-2");
        label.post(team.path("/labels"), Map.of("color", "red"));
        label.post(team.path("/labels"), Map.of("color", "red"));

        assertThat(section.status()).isEqualTo(201);
        assertThat(team.sections()).hasSize(4);
        assertThat(names("/labels")).hasSize(1);
    }

    @Test
    void positionsOfSectionsStayShort() {
        List<String> sections = team.sections();
        for (int i = 0; i < 300; i++) {
            move(sections.get(1), sections.get(0));
            move(sections.get(2), sections.get(0));
        }

        assertThat(team.sections()).containsExactly(sections.get(0), sections.get(2), sections.get(1));
        assertThat(Rows.of("select length(position) from tasks.section where project_id = ?", team.project))
                .allMatch(length -> Integer.parseInt(length) <= Position.MAX_LENGTH);
    }

    private Api.Answer move(String section, @Nullable String after) {
        Map<String, @Nullable String> place = new HashMap<>(Collections.singletonMap("after", after));
        return team.editor.api().put(team.path("/sections/" + section + "/position"), place);
    }

    private List<String> names(String list) {
        return Team.texts(team.viewer.api().get(team.path(list)), "name");
    }
}
