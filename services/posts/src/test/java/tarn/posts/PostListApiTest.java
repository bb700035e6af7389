package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;

@QuarkusTest
final class PostListApiTest {

    @Inject
    Team team;

    @BeforeEach
    void everybodyAnswers() {
        team.everybodyAnswers();
    }

    private String onProject() {
        return "project=" + team.project;
    }

    private void later() {
        team.clock.advance(Duration.ofSeconds(1));
    }

    @Test
    void aProjectShowsItsPostsTheLatestFirst() {
        String first = team.post("first");
        later();
        team.post("second");
        team.comment("a comment");
        team.reply(first, "a reply");

        assertThat(team.bodies(team.viewer, onProject())).containsExactly("second", "first");
        assertThat(team.bodies(team.viewer, onProject() + "&sort=publishedAt")).containsExactly("first", "second");
    }

    @Test
    void aPageOfLongPostsEndsEarlyAndNothingIsLost() {
        String longest = "\u6728".repeat(20_000);
        for (int i = 0; i < 12; i++) {
            team.comment(i % 4 == 0 ? "short" : longest);
            later();
        }

        Api.Answer first = team.viewer.api().get("/api/posts?task=" + team.task + "&limit=100");
        Api.Answer second =
                team.viewer.api().get("/api/posts?task=" + team.task + "&limit=100&cursor=" + first.at("/nextCursor"));

        assertThat(first.json().path("items")).hasSizeBetween(7, 11);
        assertThat(first.at("/items/1/body")).isEqualTo(longest);
        assertThat(first.at("/items/1/html")).contains(longest);
        assertThat(first.json().path("items").size()
                        + second.json().path("items").size())
                .isEqualTo(12);
    }

    @Test
    void aTaskAndAPostShowWhatIsSaidFromTheBeginning() {
        String first = team.comment("first");
        later();
        team.comment("second");
        team.reply(first, "reply one");
        later();
        team.reply(first, "reply two");

        assertThat(team.bodies(team.viewer, "task=" + team.task)).containsExactly("first", "second");
        assertThat(team.bodies(team.viewer, "parent=" + first)).containsExactly("reply one", "reply two");
    }

    @Test
    void aDraftTakesItsPlaceWhenItIsPublished() {
        String draft = team.draft(Map.of("taskId", team.task, "body", "begun first"));
        later();
        team.comment("written second");
        later();

        team.editor.api().put("/api/posts/" + draft + "/publication");

        assertThat(team.bodies(team.viewer, "task=" + team.task)).containsExactly("written second", "begun first");
        assertThat(team.bodies(team.viewer, "task=" + team.task + "&sort=createdAt"))
                .containsExactly("begun first", "written second");
    }

    @Test
    void draftsAreListedForTheirAuthorOnly() {
        team.draft(Map.of("projectId", team.project, "body", "mine"));
        later();
        team.draft(Map.of("projectId", team.project, "body", "mine too"));
        team.post("for all");

        assertThat(team.bodies(team.editor, onProject() + "&state=draft")).containsExactly("mine too", "mine");
        assertThat(team.bodies(team.owner, onProject() + "&state=draft")).isEmpty();
        assertThat(team.bodies(team.editor, onProject())).containsExactly("for all");
        assertThat(team.bodies(team.editor, onProject() + "&state=published")).containsExactly("for all");
    }

    @Test
    void filtersByAuthor() {
        String first = team.comment("by the editor");
        team.reply(first, "by the other");
        Team.created(team.owner.api().post("/api/posts", Map.of("taskId", team.task, "body", "by the owner")));

        assertThat(team.bodies(team.viewer, "task=" + team.task + "&author=" + team.owner.id()))
                .containsExactly("by the owner");
        assertThat(team.bodies(team.viewer, "parent=" + first + "&author=" + team.editor.id()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tul,true",
        "TULIPS bulbs,true",
        "plan,true",
        "roses,false",
        "Grün,true",
        "'-- ; ()',false",
        "ulips,false"
    })
    void findsWordsOrTheirBeginningsInTitleAndBody(String text, boolean found) {
        team.created(Map.of("projectId", team.project, "title", "The plan", "body", "Buy tulips, *bulbs*, grün"));

        Api.Answer answer = team.viewer.api().get("/api/posts?" + onProject() + "&text=" + encoded(text));

        assertThat(Team.texts(answer, "id")).hasSize(found ? 1 : 0);
    }

    @Test
    void aSearchInAProjectFindsCommentsAndRepliesToo() {
        String post = team.post("tulips on the project");
        String comment = team.comment("tulips on a task");
        team.reply(post, "tulips in a reply");
        String removed = team.comment("tulips that are removed");
        team.reply(removed, "tulips below what is removed");
        team.editor.api().delete("/api/posts/" + removed);
        team.draft(Map.of("projectId", team.project, "body", "tulips in a draft"));
        String gone = team.newTask();
        team.created(Map.of("taskId", gone, "body", "tulips on a task in the trash"));
        Neighbours.TRASH.add(gone);
        team.invalidate();

        assertThat(team.bodies(team.viewer, onProject() + "&text=tulips"))
                .containsExactlyInAnyOrder("tulips on the project", "tulips on a task", "tulips in a reply");
        assertThat(team.bodies(team.viewer, "task=" + team.task + "&text=tulips"))
                .containsExactly("tulips on a task");
        assertThat(team.bodies(team.viewer, "parent=" + comment + "&text=tulips"))
                .isEmpty();
        assertThat(team.bodies(team.editor, onProject() + "&state=draft&text=tulips"))
                .containsExactly("tulips in a draft");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publishedAt", "createdAt", "updatedAt", "-publishedAt", "-updatedAt,createdAt"})
    void walksWithoutSkipOrRepeat(String sort) {
        for (int i = 0; i < 11; i++) {
            team.clock.advance(Duration.ofSeconds(i % 2));
            team.comment("" + i);
        }

        List<String> whole = walk(sort, 100);
        List<String> paged = walk(sort, 2);

        assertThat(whole).hasSize(11).doesNotHaveDuplicates();
        assertThat(paged).isEqualTo(whole);
    }

    private List<String> walk(String sort, int limit) {
        List<String> bodies = new ArrayList<>();
        String cursor = "";
        do {
            Api.Answer page = team.viewer
                    .api()
                    .get("/api/posts?task=" + team.task + "&sort=" + sort + "&limit=" + limit + cursor);
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            bodies.addAll(Team.texts(page, "body"));
            cursor = page.json().path("nextCursor").isNull() ? "" : "&cursor=" + page.at("/nextCursor");
        } while (!cursor.isEmpty());
        return bodies;
    }

    @Test
    void theThreadsOfManyTasksAreReadAtOnceAndGoOnOneByOne() {
        String quiet = team.newTask();
        String other = team.newTask();
        for (int i = 1; i <= 5; i++) {
            later();
            team.comment("c" + i);
        }
        later();
        String reply = team.comment("c6");
        team.reply(reply, "r1");
        team.draft(Map.of("taskId", team.task, "body", "draft"));
        team.editor.api().delete("/api/posts/" + team.comment("removed"));
        team.created(Map.of("taskId", other, "body", "alone"));
        String trash = team.newTask();
        team.created(Map.of("taskId", trash, "body", "in the trash"));
        Neighbours.TRASH.add(trash);
        team.invalidate();
        String nobodys = new UUID(1, 2).toString();

        Api.Answer answer = team.viewer
                .api()
                .get("/api/posts/threads?limit=4&tasks="
                        + String.join(",", other, team.task, quiet, trash, nobodys, team.task));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(Team.texts(answer, "taskId")).containsExactly(other, team.task, quiet);
        JsonNode thread = answer.json().path("items").path(1);
        assertThat(thread.path("items").findValuesAsText("body")).containsExactly("c1", "c2", "c3", "c4");
        assertThat(answer.json().at("/items/0/items").findValuesAsText("body")).containsExactly("alone");
        assertThat(answer.json().at("/items/0/nextCursor").isNull()).isTrue();
        assertThat(answer.json().at("/items/2/items")).isEmpty();
        Api.Answer rest = team.viewer
                .api()
                .get("/api/posts?task=" + team.task + "&cursor="
                        + thread.path("nextCursor").asText());
        assertThat(Team.texts(rest, "body")).containsExactly("c5", "c6");
        assertThat(rest.json().at("/items/1/replies").asInt()).isEqualTo(1);
    }

    @Test
    void theThreadsOfForeignTasksAreLeftOut() {
        team.comment("Words");

        assertThat(team.stranger
                        .api()
                        .get("/api/posts/threads?tasks=" + team.task)
                        .body())
                .isEqualTo("{\"items\":[]}");
    }

    @Test
    void theThreadsOfAHundredTasksAreReadAndNotOfMore() {
        List<String> tasks =
                IntStream.range(0, 100).mapToObj(i -> team.newTask()).toList();
        team.created(Map.of("taskId", tasks.getLast(), "body", "last"));

        Api.Answer all = team.viewer.api().get("/api/posts/threads?tasks=" + String.join(",", tasks));
        Api.Answer more =
                team.viewer.api().get("/api/posts/threads?tasks=" + String.join(",", tasks) + "," + team.task);

        assertThat(Team.texts(all, "taskId")).isEqualTo(tasks);
        assertThat(all.json().at("/items/99/items/0/body").asText()).isEqualTo("last");
        assertThat(more.status()).isEqualTo(400);
        assertThat(Collections.frequency(Team.texts(all, "nextCursor"), "null")).isEqualTo(100);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
