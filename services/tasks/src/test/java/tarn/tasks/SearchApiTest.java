package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;

/// Whether rows are found by what was written last, however it was written.
@QuarkusTest
final class SearchApiTest {

    @Inject
    Team team;

    @Inject
    TasksDatabase database;

    @Test
    void findsATaskByWhatItSaysNow() {
        String task = team.task(Map.of("title", "Visit the Café", "description", "Ticket PROJ-42"));
        String part = team.task(Map.of("title", "報告書を書く", "parentId", task));

        assertThat(found("cafe proj-4")).containsExactly("Visit the Café");
        assertThat(found("書く")).containsExactly("報告書を書く");
        team.editor.api().patch("/api/tasks/" + task, Map.of("title", "Visit the Bar", "description", "example.org"));
        team.editor.api().put("/api/tasks/" + part + "/completion", Map.of());
        assertThat(found("cafe")).isEmpty();
        assertThat(found("bar example.o")).containsExactly("Visit the Bar");
        assertThat(found("書く")).containsExactly("報告書を書く");
    }

    @Test
    void findsAProjectByWhatItSaysNow() {
        assertThat(projects("gard")).containsExactly("Garden");
        team.owner.api().patch(team.path(""), Map.of("name", "Straßenbau", "description", "See TCP/IP"));

        assertThat(projects("gard")).isEmpty();
        assertThat(projects("strassenb")).containsExactly("Straßenbau");
        assertThat(projects("tcp/ip")).containsExactly("Straßenbau");
    }

    @Test
    void findsWhatWasImported() {
        String project = team.viewer
                .api()
                .post("/api/imports?name=Übersicht", "Name\nCafé A\nCafé B\n")
                .at("/project/id");
        List<String> titles =
                Team.texts(team.viewer.api().get("/api/tasks?project=" + project + "&text=cafe"), "title");

        assertThat(titles).containsExactlyInAnyOrder("Café A", "Café B");
        assertThat(projects("ubersicht")).containsExactly("Übersicht");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&|!", "':*", "()", "\\", "++", "<->"})
    void aQueryWithoutWordsFindsNothing(String text) {
        team.task(text);

        assertThat(found(text)).isEmpty();
    }

    @Test
    void rowsOfTheDayBeforeAreFoundAtOnceByTheirWordsAndSoonByTheNewRules() {
        String csv =
                IntStream.range(0, 450).mapToObj(i -> "Café " + i + "\n").collect(Collectors.joining("", "Name\n", ""));
        String project = team.viewer.api().post("/api/imports?name=Before", csv).at("/project/id");
        Rows.run("update tasks.task set search = to_tsvector('simple', title)");
        Rows.run("update tasks.project set search = ''");
        Rows.run("update tasks.derived_columns set rules = 0");

        assertThat(countOf(project, "café")).isEqualTo(450);
        assertThat(countOf(project, "cafe")).isZero();
        List<String> untouched = Rows.of("select ctid from tasks.task where title = 'Café 7'");
        database.derived().refresh();
        assertThat(countOf(project, "cafe")).isEqualTo(450);
        assertThat(projects("before")).containsExactly("Before");
        assertThat(Rows.of("select ctid from tasks.task where title = 'Café 7'"))
                .isNotEqualTo(untouched);
    }

    @Test
    void goesOnWhereItEndedAndRewritesOnlyWhatDiffers() {
        for (int i = 0; i < 3; i++) {
            team.task("Café " + i);
        }
        database.derived().refresh();
        List<String> ids = Rows.of("select id from tasks.task order by id");
        String written = "select string_agg(ctid::text, ' ' order by id) from tasks.task";
        List<String> before = Rows.of(written);
        Rows.run("update tasks.derived_columns set rules = 0");

        database.derived().refresh();

        assertThat(Rows.of(written)).isEqualTo(before);
        Rows.run("update tasks.task set search = ''");
        Rows.run("update tasks.derived_columns set after_id = ? where table_name = 'task'", ids.get(ids.size() - 3));
        database.derived().refresh();
        assertThat(Rows.of("select title from tasks.task where search <> '' order by id"))
                .hasSize(2);
        assertThat(Rows.of("select 1 from tasks.derived_columns where after_id is not null or rules = 0"))
                .isEmpty();
    }

    @Test
    void titlesAndNamesSortByKeysThatAreComputedAnewForOtherRules() {
        for (String title : List.of("Zebra", "10 roofs", "äpfel", "2 roofs", "Apple", "apple")) {
            team.task(title);
        }
        team.label("Öl");
        team.label("oak");
        List<String> sorted = List.of("2 roofs", "10 roofs", "äpfel", "apple", "Apple", "Zebra");

        assertThat(team.titles("sort=title")).isEqualTo(sorted);
        assertThat(team.titles("sort=-title")).isEqualTo(sorted.reversed());
        Rows.run("update tasks.task set title_key = ''");
        Rows.run("update tasks.label set name_key = ''");
        Rows.run("update tasks.derived_columns set rules = 0");
        database.derived().refresh();
        assertThat(walked("title")).isEqualTo(sorted);
        assertThat(walked("-title,createdAt")).isEqualTo(sorted.reversed());
        assertThat(Team.texts(team.viewer.api().get(team.path("/labels")), "name"))
                .containsExactly("oak", "Öl");
    }

    /// The titles of all pages of two.
    private List<String> walked(String sort) {
        List<String> titles = new ArrayList<>();
        String cursor = "";
        do {
            Api.Answer page = team.viewer
                    .api()
                    .get("/api/tasks?project=" + team.project + "&limit=2&sort=" + sort
                            + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            titles.addAll(Team.texts(page, "title"));
            cursor = page.json().path("nextCursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        return titles;
    }

    private List<String> found(String text) {
        return team.titles("text=" + encoded(text));
    }

    private List<String> projects(String text) {
        return Team.texts(team.viewer.api().get("/api/projects?text=" + encoded(text)), "name");
    }

    private static int countOf(String project, String text) {
        return Rows.of(
                        "select 1 from tasks.task where project_id = ? and search @@ ('''" + text + "''')::tsquery",
                        project)
                .size();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
