package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
final class TrashApiTest {

    @Inject
    Team team;

    private String parent = "";
    private String child = "";
    private String grandchild = "";

    @BeforeEach
    void threeGenerations() {
        parent = team.task("parent");
        child = team.task(Map.of("title", "child", "parentId", parent));
        grandchild = team.task(Map.of("title", "grandchild", "parentId", child));
    }

    @Test
    void subtasksGoAlongAndComeBack() {
        Api.Answer removed = remove(parent);
        List<String> left = team.titles("");
        Api.Answer restored = restore(parent);

        assertThat(removed.status()).isEqualTo(204);
        assertThat(left).isEmpty();
        assertThat(restored.at("/subtasks/total")).isEqualTo("1");
        assertThat(restored.at("/version")).isEqualTo("3");
        assertThat(team.titles("")).containsExactly("parent", "child", "grandchild");
    }

    @Test
    void whatIsInTheTrashIsReadAndRestoredButNotChanged() {
        String path = "/api/tasks/" + child;
        remove(parent);

        Api.Answer read = team.viewer.api().get(path);
        List<Api.Answer> answers = List.of(
                team.editor.api().ifMatch("\"1\"").patch(path, Map.of("title", "x")),
                team.editor.api().put(path + "/completion"),
                team.editor.api().delete(path + "/completion"),
                team.editor.api().put(path + "/position", "{}"));
        Api.Answer many = team.editor
                .api()
                .patch("/api/tasks", Map.of("changes", List.of(Map.of("id", child, "change", Map.of("title", "x")))));
        Api.Answer below = team.editor
                .api()
                .post("/api/tasks", Map.of("projectId", team.project, "title", "x", "parentId", parent));

        assertThat(read.at("/title")).isEqualTo("child");
        assertThat(read.at("/deletedAt")).isEqualTo(team.clock.instant().toString());
        assertThat(answers).allMatch(answer -> answer.status() == 409);
        assertThat(answers).extracting(Api.Answer::code).containsOnly("in-trash");
        assertThat(many.at("/items/0/problem/code")).isEqualTo("in-trash");
        assertThat(team.viewer.api().patch(path, Map.of("title", "x")).status()).isEqualTo(403);
        assertThat(team.stranger.api().get(path).code()).isEqualTo("not-found");
        assertThat(team.stranger.api().patch(path, Map.of("title", "x")).code()).isEqualTo("not-found");
        assertThat(below.at("/errors/0/pointer")).isEqualTo("/parentId");
        assertThat(team.titles("deleted=true")).containsExactly("parent", "child", "grandchild");
    }

    @Test
    void whatWasInTheTrashBeforeStaysThere() {
        remove(child);
        team.clock.advance(Duration.ofMinutes(1));
        remove(parent);

        restore(parent);

        assertThat(team.titles("")).containsExactly("parent");
        assertThat(team.titles("deleted=true")).containsExactly("child", "grandchild");
    }

    @Test
    void aPartOfWhatIsInTheTrashComesBackByItself() {
        remove(parent);

        Api.Answer restored = restore(child);

        assertThat(restored.json().path("parentId").isNull()).isTrue();
        assertThat(team.titles("")).containsExactly("child", "grandchild");
        assertThat(team.read(grandchild).path("parentId").asText()).isEqualTo(child);
        assertThat(restore(parent).at("/subtasks/total")).isEqualTo("0");
    }

    @Test
    void removingAndRestoringTwiceChangesNothing() {
        remove(parent);
        Api.Answer again = remove(parent);
        Api.Answer restored = restore(parent);
        Api.Answer twice = restore(parent);

        assertThat(again.status()).isEqualTo(204);
        assertThat(twice.json()).isEqualTo(restored.json());
        assertThat(twice.etag()).isEqualTo(restored.etag());
    }

    private Api.Answer remove(String task) {
        return team.editor.api().delete("/api/tasks/" + task);
    }

    private Api.Answer restore(String task) {
        return team.editor.api().put("/api/tasks/" + task + "/restoration");
    }

    @Test
    void whatWasInTheTrashForThirtyDaysIsGoneForGood() {
        team.clock.advance(Duration.ofMinutes(1));
        String kept = team.task("kept");
        remove(parent);
        remove(kept);
        team.clock.advance(EmptyTrash.KEPT.minusMinutes(1));
        Rows.run("update tasks.task set deleted_at = '" + team.clock.instant() + "' where id = '" + kept + "'");
        emptyTrash();
        assertThat(left()).containsExactly("child", "grandchild", "kept", "parent");

        team.clock.advance(Duration.ofMinutes(2));
        emptyTrash();

        assertThat(left()).containsExactly("kept");
        assertThat(team.owner
                        .api("UTC")
                        .put("/api/tasks/" + parent + "/restoration")
                        .code())
                .isEqualTo("not-found");
        assertThat(Rows.of("select type from tasks.outbox where aggregate_id = '" + grandchild + "' order by seq"))
                .endsWith("task.purged");
    }

    @Test
    void aProjectIsGoneWithAllThatWasInIt() {
        team.label("heavy");
        team.editor.api().post("/api/items", Map.of("projectId", team.project, "name", "Nails"));
        team.owner.api().delete(team.path(""));
        team.clock.advance(EmptyTrash.KEPT.plusMinutes(1));
        emptyTrash();

        for (String table : List.of("task", "item", "member", "section", "label")) {
            assertThat(Rows.of("select 1 from tasks." + table + " where project_id = '" + team.project + "'"))
                    .isEmpty();
        }
        assertThat(Rows.of("select payload::text from tasks.outbox where aggregate_id = '" + team.project
                        + "' and type = 'project.purged'"))
                .containsExactly("{}");
    }

    @Test
    void aRunThatALaterOneHasReplacedChangesNothing() {
        remove(parent);
        team.clock.advance(EmptyTrash.KEPT.plusMinutes(1));
        long run = System.nanoTime();
        String path = "/internal/tasks/jobs/";
        assertThat(team.service("worker")
                        .post(path + "delete-idempotency-keys", Map.of("run", run))
                        .status())
                .isEqualTo(200);
        Rows.run("insert into tasks.job_fence values ('empty-trash', " + (run + 1)
                + ") on conflict (job) do update set run = excluded.run");

        Api.Answer late = team.service("worker").post(path + "empty-trash", Map.of("run", run));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("superseded");
        assertThat(left()).containsExactly("child", "grandchild", "parent");
        Rows.run("delete from tasks.job_fence");
    }

    private List<String> left() {
        return Rows.of("select title from tasks.task where project_id = '" + team.project + "' order by title");
    }

    private void emptyTrash() {
        boolean more = true;
        while (more) {
            Api.Answer done = team.service("worker")
                    .post("/internal/tasks/jobs/empty-trash", Map.of("run", System.nanoTime() + 2));
            assertThat(done.status()).as(done.toString()).isEqualTo(200);
            more = done.json().path("more").asBoolean();
        }
    }
}
