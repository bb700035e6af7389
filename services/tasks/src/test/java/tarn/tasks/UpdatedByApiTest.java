package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
final class UpdatedByApiTest {

    @Inject
    Team team;

    @Test
    void aTaskSaysWhoChangedItLast() {
        String task = "/api/tasks/" + team.task("Rake");

        assertThat(team.editor.api().get(task).at("/updatedBy"))
                .isEqualTo(team.editor.id().toString());
        assertThat(team.owner.api().patch(task, Map.of("title", "Rake leaves")).at("/updatedBy"))
                .isEqualTo(team.owner.id().toString());
        assertThat(team.editor.api().put(task + "/completion", Map.of()).at("/updatedBy"))
                .isEqualTo(team.editor.id().toString());
        assertThat(team.owner.api().put(task + "/completion", Map.of()).at("/updatedBy"))
                .isEqualTo(team.editor.id().toString());
    }

    @Test
    void anItemSaysWhoChangedItLast() {
        Api.Answer added = team.editor.api().post("/api/items", Map.of("name", "Wood", "projectId", team.project));
        String item = "/api/items/" + added.at("/id");

        assertThat(added.at("/updatedBy")).isEqualTo(team.editor.id().toString());
        assertThat(team.owner.api().patch(item, Map.of("quantity", "2")).at("/updatedBy"))
                .isEqualTo(team.owner.id().toString());
        assertThat(team.editor.api().get(item).at("/updatedBy"))
                .isEqualTo(team.owner.id().toString());
    }

    @Test
    void aProjectSaysWhoChangedItLast() {
        String project = "/api/projects/" + team.project;

        team.join(team.stranger, "owner");
        team.stranger.api().patch(project, Map.of("description", "The garden behind the house."));

        assertThat(team.viewer.api().get(project).at("/updatedBy"))
                .isEqualTo(team.stranger.id().toString());
    }

    @Test
    void aSectionSaysWhoChangedItLastAndWhen() {
        Api.Answer added = team.editor.api().post(team.path("/sections"), Map.of("name", "Shed"));
        String section = team.path("/sections/" + added.at("/id"));
        team.clock.advance(Duration.ofMinutes(3));
        Api.Answer renamed = team.owner.api().patch(section, Map.of("name", "Attic"));
        Api.Answer moved = team.editor.api().put(section + "/position", "{}");

        assertThat(added.at("/updatedBy")).isEqualTo(team.editor.id().toString());
        assertThat(renamed.at("/updatedBy")).isEqualTo(team.owner.id().toString());
        assertThat(moved.at("/updatedBy")).isEqualTo(team.editor.id().toString());
        assertThat(between(added, renamed)).isEqualTo(Duration.ofMinutes(3));
        assertThat(team.viewer.api().get(team.path("/sections")).json().at("/items/0"))
                .isEqualTo(moved.json());
    }

    @Test
    void aLabelSaysWhoChangedItLastAndWhen() {
        Api.Answer added = team.editor.api().post(team.path("/labels"), Map.of("color", "red"));
        String label = team.path("/labels/" + added.at("/id"));
        team.clock.advance(Duration.ofMinutes(3));
        Api.Answer changed = team.owner.api().patch(label, Map.of("color", "blue"));

        assertThat(added.at("/updatedBy")).isEqualTo(team.editor.id().toString());
        assertThat(changed.at("/updatedBy")).isEqualTo(team.owner.id().toString());
        assertThat(between(added, changed)).isEqualTo(Duration.ofMinutes(3));
        assertThat(team.viewer.api().get(team.path("/labels")).json().at("/items/0"))
                .isEqualTo(changed.json());
    }

    private static Duration between(Api.Answer first, Api.Answer second) {
        return Duration.between(Instant.parse(first.at("/updatedAt")), Instant.parse(second.at("/updatedAt")));
    }
}
