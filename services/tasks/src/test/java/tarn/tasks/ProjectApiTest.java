package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.tasks.sql.Tables.PROJECT;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;

@QuarkusTest
final class ProjectApiTest {

    private static final String FAMILY = "👨‍👩‍👧‍👦";

    @Inject
    Team team;

    @Inject
    TasksDatabase database;

    @Test
    void opensAProjectThatTheCallerOwns() {
        Api.Answer answer =
                team.stranger.api().post("/api/projects", Map.of("name", " House ", "description", "# Walls\n"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.header("Location")).endsWith("/api/projects/" + answer.at("/id"));
        assertThat(answer.at("/name")).isEqualTo("House");
        assertThat(answer.at("/description")).isEqualTo("# Walls\n");
        assertThat(answer.at("/role")).isEqualTo("owner");
        Api.Answer read = team.stranger.api().get("/api/projects/" + answer.at("/id"));
        assertThat(read.json()).isEqualTo(answer.json());
        assertThat(read.etag()).isEqualTo(answer.etag());
        Api.Answer sections = team.stranger.api().get("/api/projects/" + answer.at("/id") + "/sections");
        assertThat(Team.texts(sections, "name")).isEqualTo(Projects.FIRST_SECTIONS);
    }

    @Test
    void hasAColourAndAnEmoji() {
        Api api = team.stranger.api();
        Api.Answer plain = api.post("/api/projects", Map.of("name", "House"));

        Api.Answer marked = api.patch("/api/projects/" + plain.at("/id"), Map.of("color", "purple", "emoji", FAMILY));
        Api.Answer cleared = api.patch("/api/projects/" + plain.at("/id"), "{\"color\": null, \"emoji\": null}");

        assertThat(plain.at("/color")).isEqualTo("teal");
        assertThat(plain.json().get("emoji").isNull()).isTrue();
        assertThat(marked.at("/color")).isEqualTo("purple");
        assertThat(marked.at("/emoji")).isEqualTo(FAMILY);
        assertThat(cleared.at("/color")).isEqualTo("teal");
        assertThat(cleared.json().get("emoji").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "7", "\u200d", "\ufe0f", "🌲🌲", "🌲 ", "a🌲", "<b>"})
    void isMarkedByOneEmojiOnly(String text) {
        Api.Answer answer = team.owner.api().patch(team.path(""), Map.of("emoji", text));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/emoji");
    }

    @ParameterizedTest
    @ValueSource(strings = {"🌲", "🏔️", "🇨🇭", "7️⃣", "👩🏽‍🚒", "❤️"})
    void isMarkedByAnyEmoji(String text) {
        Api.Answer answer = team.owner.api().patch(team.path(""), Map.of("emoji", text));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.at("/emoji")).isEqualTo(text);
    }

    @Test
    void countsItsTasks() {
        team.task("Rake");
        team.task(Map.of("title", "Sweep", "status", "done"));
        team.task(Map.of("title", "Old", "archived", true));
        team.editor.api().delete("/api/tasks/" + team.task("Trashed"));

        Api.Answer project = team.viewer.api().get(team.path(""));

        assertThat(project.at("/openTasks")).isEqualTo("1");
        assertThat(project.at("/doneTasks")).isEqualTo("1");
        assertThat(project.at("/countsCapped")).isEqualTo("false");
        assertThat(project.at("/role")).isEqualTo("viewer");
    }

    private void createTasks(int count) {
        database.database()
                .sql()
                .execute(
                        "insert into task (id, project_id, title, description, position, created_by,"
                                + " created_at, updated_at) select uuidv7(), {0}, 'Rake', repeat('leaf ', 200),"
                                + " 'V' || lpad(n::text, 8, '0') || 'V', {0}, now(), now()"
                                + " from generate_series(1, {1}) n",
                        DSL.val(UUID.fromString(team.project)), DSL.val(count));
    }

    /// As after an import, when the database expects few projects, all of them large.
    @Test
    void countsByItsIndexBesideALargeProject() {
        createTasks(5_000);
        Rows.run("alter table tasks.task alter column project_id set (n_distinct = 2)");
        Rows.run("analyze tasks.task");
        try {
            String plan = database.database()
                    .sql()
                    .explain(DSL.select(ProjectStore.TASKS).from(PROJECT))
                    .plan();

            assertThat(plan).contains("task_board").doesNotContain("Seq Scan on task");
        } finally {
            Rows.run("alter table tasks.task alter column project_id reset (n_distinct)");
            Rows.run("analyze tasks.task");
        }
    }

    @Test
    void countsSoManyTasksAndNoMore() {
        createTasks(ProjectStore.MAX_COUNTED + 1);

        Api.Answer project = team.viewer.api().get(team.path(""));

        assertThat(project.at("/openTasks")).isEqualTo("10000");
        assertThat(project.at("/doneTasks")).isEqualTo("0");
        assertThat(project.at("/countsCapped")).isEqualTo("true");
    }

    @Test
    void anOwnerChangesWhatIsSent() {
        team.clock.advance(Duration.ofSeconds(1));

        Api.Answer answer = team.owner.api().patch(team.path(""), "{\"description\": \"Green\", \"archived\": true}");
        Api.Answer same = team.owner.api().patch(team.path(""), Map.of("description", "Green"));

        assertThat(answer.at("/name")).isEqualTo("Garden");
        assertThat(answer.at("/description")).isEqualTo("Green");
        assertThat(answer.at("/archived")).isEqualTo("true");
        assertThat(answer.at("/version")).isEqualTo("2");
        assertThat(answer.at("/updatedAt")).isGreaterThan(answer.at("/createdAt"));
        assertThat(same.json()).isEqualTo(answer.json());
    }

    @Test
    void changesOnlyTheVersionThatWasRead() {
        String read = team.owner.api().get(team.path("")).etag();
        team.owner.api().patch(team.path(""), Map.of("name", "Park"));

        List<Api.Answer> late = List.of(
                team.owner.api().ifMatch(read).patch(team.path(""), Map.of("name", "Lost")),
                team.owner.api().ifMatch(read).delete(team.path("")));

        assertThat(late)
                .allMatch(answer -> answer.status() == 412 && answer.code().equals("version-mismatch"));
        assertThat(team.owner.api().get(team.path("")).at("/name")).isEqualTo("Park");
    }

    @Test
    void listsTheCallersProjectsBySortAndText() {
        Api ada = team.user().api();
        for (String name : List.of("Beta", "alpha", "Gamma 100%")) {
            team.clock.advance(Duration.ofSeconds(1));
            ada.post("/api/projects", Map.of("name", name));
        }
        String archived = ada.post("/api/projects", Map.of("name", "Old alpha", "archived", true))
                .at("/id");

        assertThat(names(ada, "?archived=false")).containsExactly("alpha", "Beta", "Gamma 100%");
        assertThat(names(ada, "?archived=false&sort=-createdAt")).containsExactly("Gamma 100%", "alpha", "Beta");
        assertThat(names(ada, "?text=ALPHA")).containsExactly("alpha", "Old alpha");
        assertThat(names(ada, "?text=gamma%20100%25")).containsExactly("Gamma 100%");
        assertThat(names(ada, "?text=a_p")).isEmpty();
        assertThat(Team.texts(ada.get("/api/projects?archived=true"), "id")).containsExactly(archived);
    }

    @Test
    void walksThroughAllPages() {
        Api ada = team.user().api();
        for (int i = 0; i < 5; i++) {
            ada.post("/api/projects", Map.of("name", "Same"));
        }

        Api.Answer first = ada.get("/api/projects?limit=3");
        Api.Answer second = ada.get("/api/projects?limit=3&cursor=" + first.at("/nextCursor"));

        assertThat(Team.texts(first, "id")).hasSize(3).doesNotContainAnyElementsOf(Team.texts(second, "id"));
        assertThat(Team.texts(second, "id")).hasSize(2);
        assertThat(second.json().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void aProjectInTheTrashIsGoneWithItsTasksUntilItIsRestored() {
        String task = team.task("Rake");

        Api.Answer removed = team.owner.api().delete(team.path(""));
        Api.Answer again = team.owner.api().delete(team.path(""));

        assertThat(List.of(removed.status(), again.status())).containsOnly(204);
        assertThat(List.of(
                        team.viewer.api().get(team.path("")),
                        team.viewer.api().get("/api/tasks/" + task),
                        team.owner.api().patch(team.path(""), Map.of("name", "Park")),
                        team.editor.api().patch("/api/tasks/" + task, Map.of("title", "Sweep")),
                        team.owner.api().get(team.path("/members"))))
                .allMatch(answer -> answer.status() == 404 && answer.code().equals("not-found"));
        assertThat(Team.texts(team.viewer.api().get("/api/tasks"), "id")).isEmpty();
        assertThat(Team.texts(team.viewer.api().get("/api/projects?deleted=true"), "id"))
                .containsExactly(team.project);

        Api.Answer restored = team.owner.api().put(team.path("/restoration"));
        Api.Answer twice = team.owner.api().put(team.path("/restoration"));

        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(restored.json().path("deletedAt").isNull()).isTrue();
        assertThat(twice.json()).isEqualTo(restored.json());
        assertThat(team.titles("")).containsExactly("Rake");
    }

    private static List<String> names(Api api, String query) {
        return Team.texts(api.get("/api/projects" + query), "name");
    }
}
