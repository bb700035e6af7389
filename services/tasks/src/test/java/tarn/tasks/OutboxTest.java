package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.EventLog;
import tarn.testing.TestDatabase;

@QuarkusTest
final class OutboxTest {

    @Inject
    Team team;

    @Inject
    EmptyTrash emptyTrash;

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
                        "task.created",
                        "task.changed",
                        "task.completed",
                        "task.reopened",
                        "task.completed",
                        "task.moved",
                        "task.deleted",
                        "task.restored");
        assertThat(events("payload ->> 'version'", id)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(events("payload ->> 'priority'", id)).containsExactly("0", "0", "3", "3", "3", "3", "3", "3");
        assertThat(events("aggregate_type || ' ' || actor || ' ' || schema", id))
                .containsOnly("task " + team.editor.id() + " 1");
        assertThat(events("payload ->> 'newAssignees'", id))
                .containsExactly("[\"" + team.viewer.id() + "\"]", null, null, null, null, null, null, null);
        assertThat(String.join("", events("payload::text", id))).doesNotContain("Secret");
    }

    @Test
    void textsAreToldByLengthAndByADigestThatOnlyTheKeyGives() {
        String id = team.task(Map.of("title", "Tea \ud83c\udf75"));
        String same = team.task(Map.of("title", "Tea \ud83c\udf75"));
        String other = team.task(Map.of("title", "Tea"));

        assertThat(events("payload #>> '{title,length}'", id)).containsExactly("5");
        assertThat(events("payload #>> '{title,digest}'", id))
                .isEqualTo(events("payload #>> '{title,digest}'", same))
                .isNotEqualTo(events("payload #>> '{title,digest}'", other))
                .isNotEqualTo(Rows.of(
                        "select encode(substring(sha256(convert_to(title, 'UTF8')) for 16), 'hex') from tasks.task"
                                + " where id = ?",
                        id));
    }

    @Test
    void whatGoesAlongHasItsEventToo() {
        String section = team.section("Beds");
        String label = team.label("Spring");
        String task = team.task(Map.of("title", "Clean"));
        String child = team.task(Map.of(
                "title", "Rake", "parentId", task, "labels", List.of(label), "assignees", List.of(team.viewer.id())));
        String inSection = team.task(Map.of("title", "Dig", "sectionId", section));
        team.owner.api().delete(team.path("/labels/" + label));
        team.owner.api().delete(team.path("/members/" + team.viewer.id()));
        team.editor.api().delete("/api/tasks/" + task);
        team.editor.api().put("/api/tasks/" + task + "/restoration");
        team.editor.api().delete("/api/tasks/" + inSection);
        team.editor.api().delete(team.path("/sections/" + section));

        assertThat(events("type || ' ' || (payload ->> 'labels') || ' ' || (payload ->> 'assignees')", child))
                .containsExactly(
                        "task.created [\"" + label + "\"] [\"" + team.viewer.id() + "\"]",
                        "task.changed [] [\"" + team.viewer.id() + "\"]",
                        "task.changed [] []",
                        "task.deleted [] []",
                        "task.restored [] []");
        assertThat(events("type || coalesce(payload ->> 'sectionId', '')", inSection))
                .containsExactly("task.created" + section, "task.deleted" + section, "task.changed");
        assertThat(events("type", label)).containsExactly("label.created", "label.deleted");
        assertThat(events("type", section)).containsExactly("section.created", "section.deleted");
    }

    @Test
    void everyChangeOfAProjectIsOneEvent() {
        team.join(team.viewer, "viewer");
        team.join(team.viewer, "editor");
        team.owner.api().delete(team.path("/members/" + team.viewer.id()));
        team.owner.api().patch(team.path(""), Map.of("description", "Secret"));
        team.owner.api().patch(team.path(""), Map.of("archived", true));
        team.owner.api().delete(team.path(""));
        team.owner.api().put(team.path("/restoration"));

        assertThat(events("type", team.project))
                .containsExactly(
                        "project.created",
                        "member.added",
                        "member.added",
                        "member.added",
                        "member.changed",
                        "member.removed",
                        "project.changed",
                        "project.changed",
                        "project.deleted",
                        "project.restored");
        assertThat(String.join("", events("payload::text", team.project))).doesNotContain("Secret");
    }

    @Test
    void everyTypeIsAsItsGoldenFileSays() {
        int before = EventLog.of(TestDatabase.url(), "tasks").events().size();
        purgeAProject();
        String project = team.stranger
                .api()
                .post("/api/projects", Map.of("name", "Garden"))
                .at("/id");
        team.stranger.api().patch("/api/projects/" + project, Map.of("archived", true));
        team.stranger.api().delete("/api/projects/" + project);
        team.stranger.api().put("/api/projects/" + project + "/restoration");
        team.join(team.stranger, "viewer");
        team.join(team.stranger, "editor");
        String section = team.section("Beds");
        team.editor.api().patch(team.path("/sections/" + section), Map.of("archived", true));
        String label = team.label("Spring");
        team.editor.api().patch(team.path("/labels/" + label), Map.of("color", "green"));
        String task = team.task(Map.of(
                "title",
                "Rake",
                "description",
                "All of it",
                "sectionId",
                section,
                "parentId",
                team.task("Clean"),
                "start",
                "2026-12-01T08:00:00Z",
                "due",
                "2026-12-24",
                "labels",
                List.of(label),
                "assignees",
                List.of(team.stranger.id())));
        String path = "/api/tasks/" + task;
        team.editor.api().patch(path, Map.of("priority", "high", "assignees", List.of(team.viewer.id())));
        team.editor.api().put(path + "/completion");
        team.editor.api().delete(path + "/completion");
        team.editor.api().put(path + "/position", "{}");
        team.editor.api().delete(path);
        team.editor.api().put(path + "/restoration");
        String item = team.editor
                .api()
                .post(
                        "/api/items",
                        Map.of("projectId", team.project, "name", "Soil", "unit", "kg", "unitPrice", "1.50"))
                .at("/id");
        team.editor.api().patch("/api/items/" + item, Map.of("quantity", "2", "currency", "EUR"));
        team.editor.api().delete("/api/items/" + item);
        team.editor.api().put("/api/items/" + item + "/restoration");
        team.owner.api().delete(team.path("/members/" + team.stranger.id()));
        team.editor.api().delete(team.path("/labels/" + label));
        team.editor.api().put(team.path("/labels/" + label + "/restoration"));
        team.editor.api().delete(team.path("/labels/" + label));
        team.editor.api().patch(path, "{\"sectionId\": null, \"title\": \"Rake them\"}");
        team.editor.api().delete(team.path("/sections/" + section));
        team.owner.api().put(team.path("/members/" + team.stranger.id() + "/restoration"));
        team.editor.api().put(team.path("/sections/" + section + "/restoration"));

        EventLog log = EventLog.of(TestDatabase.url(), "tasks").after(before);
        Set<String> types =
                new TreeSet<>(EventLog.contractTypes(Set.of("project", "member", "section", "label", "task", "item")));
        types.removeIf(type -> type.endsWith(".snapshot"));
        assertThat(log.types()).isEqualTo(types);
        assertThat(log.differencesFromExamples()).isEmpty();
        assertThat(log.breaches()).isEmpty();
    }

    private void purgeAProject() {
        Api owner = team.stranger.api();
        String gone = owner.post("/api/projects", Map.of("name", "Gone")).at("/id");
        owner.post("/api/tasks", Map.of("projectId", gone, "title", "Gone"));
        owner.post("/api/items", Map.of("projectId", gone, "name", "Gone"));
        owner.delete("/api/projects/" + gone);
        boolean more = true;
        while (more) {
            more = emptyTrash.deletedBefore(team.clock.instant().plusSeconds(1)).more();
        }
    }

    @Test
    void anEventTellsOfTheRequestThatCausedIt() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Api traced = team.editor.api().header("traceparent", trace);
        String id = Team.created(traced.post("/api/tasks", Map.of("projectId", team.project, "title", "Rake")));
        traced.patch("/api/tasks/" + id, Map.of("title", "Rake them"));
        team.editor.api().header("traceparent", "nonsense").delete("/api/tasks/" + id);

        assertThat(events("trace", id)).containsExactly(trace, trace, null);
    }

    @Test
    void aChangeWhoseEventCannotBeWrittenIsNotMade() {
        String id = team.task("Rake");
        String path = "/api/tasks/" + id;
        Rows.run("alter table tasks.outbox add constraint outbox_broken check (type <> 'task.moved') not valid");
        try {
            assertThat(team.editor.api().put(path + "/position", "{}").status()).isEqualTo(500);
        } finally {
            Rows.run("alter table tasks.outbox drop constraint outbox_broken");
        }

        assertThat(team.read(id).path("version").asInt()).isEqualTo(1);
        assertThat(events("type", id)).containsExactly("task.created");
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

        assertThat(events("type", id)).containsExactly("task.created");
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
