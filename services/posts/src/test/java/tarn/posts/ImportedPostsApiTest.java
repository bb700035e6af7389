package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.platform.Uuid7;
import tarn.testing.Api;

@QuarkusTest
final class ImportedPostsApiTest {

    @Inject
    Team team;

    @BeforeEach
    void everybodyAnswers() {
        team.everybodyAnswers();
    }

    /// Without events they would be missing where events are compared with the table.
    @AfterEach
    void removeUnannounced() {
        Rows.change("delete from posts.post where id in (select post_id from posts.unannounced_post)");
    }

    @Test
    void areCreatedOnceOfTheImporterAtTheTimeTheyWereWritten() {
        String id = Uuid7.next(team.clock).toString();

        Api.Answer first = sent(id);
        Api.Answer second = sent(id);

        assertThat(List.of(first.at("/created"), second.at("/created"))).containsExactly("true", "true");
        JsonNode posts =
                team.viewer.api().get("/api/posts?task=" + team.task).json().path("items");
        assertThat(posts).hasSize(1);
        assertThat(posts.at("/0/authorId").asText()).isEqualTo(team.editor.id().toString());
        assertThat(posts.at("/0/publishedAt").asText()).isEqualTo("2024-02-01T10:00:00Z");
        assertThat(posts.at("/0/html").asText())
                .contains("<strong>Grace</strong>")
                .contains("&#64;ben");
        assertThat(posts.at("/0/mentions")).isEmpty();
        assertThat(eventsOf(id)).isEmpty();
    }

    @Test
    void areToldOfOnceWhenTheImportHasEnded() {
        String id = Uuid7.next(team.clock).toString();
        String elsewhere = Uuid7.next(team.clock).toString();
        sent(id);
        sent(elsewhere, Uuid7.next(team.clock).toString());

        List<String> told = List.of(announced().at("/counts/posts"), announced().at("/counts/posts"));
        sent(id);

        assertThat(told).containsExactly("1", "0");
        assertThat(eventsOf(id)).containsExactly("post.published");
        assertThat(eventsOf(elsewhere)).isEmpty();
    }

    @Test
    void arePublishedBeforeTheyAreChangedOrRepliedTo() {
        String changed = Uuid7.next(team.clock).toString();
        String repliedTo = Uuid7.next(team.clock).toString();
        sent(changed);
        sent(repliedTo);

        Api.Answer change = team.editor.api().patch("/api/posts/" + changed, Map.of("body", "Slate"));
        String reply = team.created(Map.of("parentId", repliedTo, "body", "Agreed"));
        announced();

        assertThat(change.status()).isEqualTo(200);
        assertThat(eventsOf(changed)).containsExactly("post.published", "post.changed");
        assertThat(Rows.of(
                        "select payload ->> 'version' from posts.outbox where aggregate_id = ? order by seq", changed))
                .containsExactly("1", "2");
        assertThat(Rows.of(
                        "select aggregate_id from posts.outbox where aggregate_id in (?, ?) order by seq",
                        repliedTo,
                        reply))
                .containsExactly(repliedTo, reply);
    }

    @Test
    void areTakenOutAgainAndRefusedWhenTheyArriveLate() {
        String id = Uuid7.next(team.clock).toString();
        String late = Uuid7.next(team.clock).toString();
        sent(id);

        Api.Answer removed = removed();
        Api.Answer refused = sent(late);

        assertThat(List.of(removed.at("/counts/posts"), removed().at("/counts/posts")))
                .containsExactly("1", "0");
        assertThat(refused.at("/created")).isEqualTo("false");
        for (String post : List.of(id, late)) {
            assertThat(team.viewer.api().get("/api/posts/" + post).status()).isEqualTo(404);
            assertThat(eventsOf(post)).isEmpty();
        }
    }

    @Test
    void postsOfWhichEventsTellAreNotTakenOut() {
        String id = Uuid7.next(team.clock).toString();
        sent(id);
        announced();

        removed();

        assertThat(team.viewer.api().get("/api/posts/" + id).status()).isEqualTo(200);
    }

    @Test
    void areTakenOutAfterThoseThatAreJustBeingCreated() throws Exception {
        String id = Uuid7.next(team.clock).toString();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection table = Rows.locking("lock table posts.post in share mode")) {
            Future<Api.Answer> creation = threads.submit(() -> sent(id));
            Rows.awaitWaiting(1);
            Future<Api.Answer> removal = threads.submit(this::removed);
            Rows.awaitWaiting(2);

            table.rollback();

            assertThat(creation.get().at("/created")).isEqualTo("true");
            assertThat(removal.get().at("/counts/posts")).isEqualTo("1");
        }
        assertThat(team.viewer.api().get("/api/posts/" + id).status()).isEqualTo(404);
    }

    @Test
    void aDiscardedImportIsForgottenAfterADay() {
        removed();
        team.clock.advance(DiscardedImportStore.KEPT.plus(Duration.ofMinutes(1)));

        team.service("tasks")
                .post(
                        "/internal/posts/imported/removals",
                        Map.of("projectId", Uuid7.next(team.clock).toString()));

        assertThat(Rows.of("select project_id from posts.discarded_import")).doesNotContain(team.project);
    }

    private Api.Answer sent(String id) {
        return sent(id, team.project);
    }

    private Api.Answer sent(String id, String project) {
        return team.service("tasks")
                .post(
                        "/internal/posts/imported",
                        Map.of(
                                "projectId",
                                project,
                                "authorId",
                                team.editor.id(),
                                "posts",
                                List.of(Map.of(
                                        "id",
                                        id,
                                        "taskId",
                                        team.task,
                                        "writtenAt",
                                        "2024-02-01T10:00:00Z",
                                        "body",
                                        "**Grace**:\n\nShingles, @ben"))));
    }

    private Api.Answer announced() {
        return team.service("tasks").post("/internal/posts/imported/announcements", Map.of("projectId", team.project));
    }

    private Api.Answer removed() {
        return team.service("tasks").post("/internal/posts/imported/removals", Map.of("projectId", team.project));
    }

    private static List<String> eventsOf(String post) {
        return Rows.of("select type from posts.outbox where aggregate_id = ? order by seq", post);
    }
}
