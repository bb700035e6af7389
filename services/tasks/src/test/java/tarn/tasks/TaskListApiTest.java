package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;

@QuarkusTest
final class TaskListApiTest {

    @Inject
    Team team;

    @Test
    void filtersByEverythingATaskHas() {
        String section = team.sections().getFirst();
        String label = team.label("Spring");
        String parent = team.task(Map.of("title", "plain", "due", "2026-11-20T00:00:00Z"));
        team.task(Map.of("title", "sorted", "sectionId", section));
        team.task(Map.of("title", "part", "parentId", parent));
        team.task(Map.of("title", "done", "status", "done"));
        team.task(Map.of("title", "mine", "assignees", List.of(team.viewer.id(), team.owner.id())));
        team.task(Map.of("title", "marked", "labels", List.of(label)));
        team.task(Map.of("title", "urgent", "priority", "urgent"));
        team.task(Map.of("title", "late", "due", "2026-11-30T00:00:00Z"));
        team.task(Map.of("title", "old", "archived", true));
        team.editor.api().delete("/api/tasks/" + team.task("trashed"));

        assertThat(team.titles("section=" + section)).containsExactly("sorted");
        assertThat(team.titles("parent=" + parent)).containsExactly("part");
        assertThat(team.titles("status=done")).containsExactly("done");
        assertThat(team.titles("assignee=" + team.viewer.id())).containsExactly("mine");
        assertThat(team.titles("label=" + label)).containsExactly("marked");
        assertThat(team.titles("priority=urgent")).containsExactly("urgent");
        assertThat(team.titles("dueBefore=2026-11-25T00:00:00Z")).containsExactly("plain");
        assertThat(team.titles("dueAfter=2026-11-25T00:00:00Z")).containsExactly("late");
        assertThat(team.titles("archived=true")).containsExactly("old");
        assertThat(team.titles("archived=false")).hasSize(8).doesNotContain("old");
        assertThat(team.titles("deleted=true")).containsExactly("trashed");
        assertThat(team.titles("topLevel=false")).containsExactly("part");
        assertThat(team.titles("topLevel=true")).hasSize(8).doesNotContain("part");
        assertThat(team.titles("status=open&priority=none&dueAfter=2026-11-01T00:00:00Z"))
                .containsExactly("plain", "late");
    }

    @Test
    void showsTasksOfOnesOwnProjectsOnly() {
        String foreign = team.stranger
                .api()
                .post("/api/projects", Map.of("name", "House"))
                .at("/id");
        team.stranger.api().post("/api/tasks", Map.of("projectId", foreign, "title", "Secret"));
        team.task("Rake");

        assertThat(Team.texts(team.viewer.api().get("/api/tasks"), "title")).containsExactly("Rake");
        assertThat(Team.texts(team.viewer.api().get("/api/tasks?project=" + foreign), "title"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tul,true",
        "TULIPS,true",
        "tulips bulbs,true",
        "bulbs AND 'garden':* | !x,false",
        "roses,false",
        "Grün,true",
        "2026,true",
        "'-- ; ()',false",
        "''':*',false",
        "'tulips\\',true",
        "ulips,false"
    })
    void findsWordsOrTheirBeginnings(String text, boolean found) {
        team.task(Map.of("title", "Buy tulips", "description", "Bulbs from the *gardener*, grün, in 2026"));

        List<String> titles = team.titles("text=" + URLEncoder.encode(text, StandardCharsets.UTF_8));

        assertThat(titles).hasSize(found ? 1 : 0);
    }

    @Test
    void findsNothingForAWordWithoutEnd() {
        team.task("a".repeat(500));

        assertThat(team.titles("text=" + "a".repeat(500))).hasSize(1);
        assertThat(team.viewer.api().get("/api/tasks?text=" + "a".repeat(3_000)).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "position",
                "due",
                "priority",
                "title",
                "createdAt",
                "updatedAt",
                "priority,-due,title",
                "-priority,due"
            })
    void sortsBothWaysAndWalksWithoutSkipOrRepeat(String sort) {
        for (int i = 0; i < 11; i++) {
            team.clock.advance(Duration.ofSeconds(i % 2));
            Map<String, Object> task = new HashMap<>(Map.of(
                    "title",
                    i % 3 == 0 ? "same" : "Task " + i,
                    "priority",
                    List.of("none", "high", "low").get(i % 3)));
            if (i % 4 != 0) {
                task.put("due", "2026-11-2" + i % 3 + "T10:00:00.123456Z");
            }
            team.task(task);
        }
        String reversed = reversed(sort);

        List<String> whole = ids(sort, 100);
        List<String> paged = ids(sort, 2);
        List<String> back = new ArrayList<>(ids(reversed, 3));
        Collections.reverse(back);

        assertThat(whole).hasSize(11).doesNotHaveDuplicates();
        assertThat(paged).isEqualTo(whole);
        assertThat(back).isEqualTo(whole);
    }

    @Test
    void sortsAsTheWordsSay() {
        team.task(Map.of("title", "b", "priority", "low", "due", "2026-11-22T00:00:00Z"));
        team.clock.advance(Duration.ofSeconds(1));
        team.task(Map.of("title", "A", "priority", "urgent"));
        team.clock.advance(Duration.ofSeconds(1));
        team.task(Map.of("title", "c", "priority", "none", "due", "2026-11-21T00:00:00Z"));

        assertThat(team.titles("")).containsExactly("b", "A", "c");
        assertThat(team.titles("sort=due")).containsExactly("c", "b", "A");
        assertThat(team.titles("sort=-due")).containsExactly("A", "b", "c");
        assertThat(team.titles("sort=-priority")).containsExactly("A", "b", "c");
        assertThat(team.titles("sort=title")).containsExactly("A", "b", "c");
        assertThat(team.titles("sort=-createdAt")).containsExactly("c", "A", "b");
        assertThat(Team.texts(team.viewer.api().get("/api/tasks"), "title")).containsExactly("c", "A", "b");
    }

    @Test
    void newTasksNeitherShiftNorRepeatWhatIsRead() {
        for (int i = 0; i < 6; i++) {
            team.clock.advance(Duration.ofSeconds(1));
            team.task("" + i);
        }
        List<String> read = new ArrayList<>();
        String cursor = "";

        do {
            Api.Answer page = team.viewer.api().get("/api/tasks?sort=-createdAt&limit=2" + cursor);
            read.addAll(Team.texts(page, "title"));
            cursor = page.json().path("nextCursor").isNull() ? "" : "&cursor=" + page.at("/nextCursor");
            team.clock.advance(Duration.ofSeconds(1));
            team.task("new");
        } while (!cursor.isEmpty());

        assertThat(read).containsExactly("5", "4", "3", "2", "1", "0");
    }

    /// In characters of three bytes.
    @Test
    void aPageOfLongTextsEndsEarlyAndNothingIsLost() {
        String longest = "\u6728".repeat(50_000);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            written.add(team.task(Map.of("title", "t" + i, "description", i % 3 == 0 ? "short" : longest)));
            team.clock.advance(Duration.ofSeconds(1));
        }

        Api.Answer first = team.viewer.api().get("/api/tasks?project=" + team.project + "&sort=createdAt&limit=100");

        assertThat(first.body().length()).isLessThan(500_000);
        assertThat(Team.texts(first, "description")).startsWith("short", longest, longest, "short");
        assertThat(first.at("/nextCursor")).isNotEmpty();
        assertThat(ids("createdAt", 100)).containsExactlyElementsOf(written);
    }

    @Test
    void aCursorBelongsToItsSort() {
        team.task("a");
        team.task("b");
        String cursor = team.viewer.api().get("/api/tasks?sort=title&limit=1").at("/nextCursor");

        Api.Answer other = team.viewer.api().get("/api/tasks?sort=-title&limit=1&cursor=" + cursor);
        Api.Answer rubbish = team.viewer.api().get("/api/tasks?sort=title&cursor=rubbish");

        assertThat(List.of(other, rubbish))
                .allMatch(answer ->
                        answer.status() == 400 && answer.at("/errors/0/pointer").equals("?cursor"));
    }

    private static String reversed(String sort) {
        List<String> parts = new ArrayList<>();
        for (String part : sort.split(",", -1)) {
            parts.add(part.startsWith("-") ? part.substring(1) : "-" + part);
        }
        return String.join(",", parts);
    }

    private List<String> ids(String sort, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            Api.Answer page = team.viewer
                    .api()
                    .get("/api/tasks?project=" + team.project + "&sort=" + sort + "&limit=" + limit + cursor);
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            ids.addAll(Team.texts(page, "id"));
            cursor = page.json().path("nextCursor").isNull() ? "" : "&cursor=" + page.at("/nextCursor");
        } while (!cursor.isEmpty());
        return ids;
    }
}
