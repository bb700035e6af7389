package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
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
}
