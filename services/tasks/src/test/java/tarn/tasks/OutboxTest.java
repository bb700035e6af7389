package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
final class OutboxTest {

    @Inject
    Team team;

    @Test
    void everyChangeOfATaskIsOneEvent() {
        String id = team.task(
                Map.of("title", "Secret words", "description", "Secret words", "assignees", List.of(team.viewer.id())));
        String path = "/api/tasks/" + id;
        team.editor.api().patch(path, Map.of("title", "Secret again"));
        team.editor.api().patch(path, Map.of("title", "Secret again"));
        team.editor.api().patch(path, Map.of("status", "done", "priority", "high"));
        team.editor.api().delete(path + "/completion");
        team.editor.api().put(path + "/completion");
        team.editor.api().put(path + "/completion");
        team.editor.api().put(path + "/position", "{}");
        team.editor.api().delete(path);
        team.editor.api().delete(path);
        team.editor.api().put(path + "/restoration");

        assertThat(events("type", id))
                .containsExactly(
                        "task.opened",
                        "task.changed",
                        "task.completed",
                        "task.reopened",
                        "task.completed",
                        "task.moved",
                        "task.removed",
                        "task.restored");
        assertThat(events("coalesce(payload #>> '{task,version}', payload ->> 'version')", id))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(events("aggregate_type || ' ' || actor", id)).containsOnly("task " + team.editor.id());
        assertThat(events("payload #>> '{task,assignees,0}'", id).getFirst())
                .isEqualTo(team.viewer.id().toString());
        assertThat(String.join("", events("payload::text", id))).doesNotContain("Secret");
    }

    @Test
    void everyChangeOfAProjectIsOneEvent() {
        String section = team.section("Secret");
        team.editor.api().patch(team.path("/sections/" + section), Map.of("name", "Secret too"));
        team.editor.api().put(team.path("/sections/" + section + "/position"), "{}");
        team.editor.api().delete(team.path("/sections/" + section));
        String label = team.label("Secret");
        team.editor.api().patch(team.path("/labels/" + label), Map.of("name", "Secret too"));
        team.editor.api().delete(team.path("/labels/" + label));
        team.join(team.viewer, "viewer");
        team.owner.api().delete(team.path("/members/" + team.viewer.id()));
        team.owner.api().patch(team.path(""), Map.of("description", "Secret"));
        team.owner.api().delete(team.path(""));
        team.owner.api().put(team.path("/restoration"));

        assertThat(events("type", team.project))
                .containsExactly(
                        "project.opened",
                        "project.membership-changed",
                        "project.membership-changed",
                        "project.section-changed",
                        "project.section-changed",
                        "project.section-changed",
                        "project.section-changed",
                        "project.label-changed",
                        "project.label-changed",
                        "project.label-changed",
                        "project.membership-changed",
                        "project.changed",
                        "project.removed",
                        "project.restored");
        assertThat(String.join("", events("payload::text", team.project))).doesNotContain("Secret");
    }

    @Test
    void aRefusedChangeIsNoEvent() {
        String id = team.task("Rake");
        String path = "/api/tasks/" + id;

        team.viewer.api().patch(path, Map.of("title", "x"));
        team.editor.api().ifMatch("\"9\"").patch(path, Map.of("title", "x"));
        team.editor.api().patch(path, Map.of("title", ""));
        team.editor.api().patch(path, Map.of("parentId", id));
        team.viewer.api().delete(path);
        team.editor.api().patch(team.path(""), Map.of("name", "x"));

        assertThat(events("type", id)).containsExactly("task.opened");
        assertThat(events("type", team.project)).doesNotContain("project.changed");
    }

    @Test
    void anEventIsWrittenInTheTransactionOfItsChange() {
        String id = team.task("Rake");

        List<String> together = Rows.of(
                "select 1 from tasks.outbox o join tasks.task t on t.id = o.aggregate_id where t.id = ?"
                        + " and t.xmin::text::bigint = o.tx::text::bigint % 4294967296",
                id);

        assertThat(together).hasSize(1);
    }

    private static List<String> events(String what, String aggregate) {
        return Rows.of("select " + what + " from tasks.outbox where aggregate_id = ? order by seq", aggregate);
    }
}
