package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
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

        assertThat(List.of(first.status(), second.status())).containsExactly(204, 204);
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
        sent(id);

        List<Integer> answers = List.of(announced(id).status(), announced(id).status());
        sent(id);
        removed(id);

        assertThat(answers).containsExactly(204, 204);
        assertThat(eventsOf(id)).containsExactly("post.published", "post.purged");
    }

    @Test
    void arePublishedBeforeTheyAreChangedOrRepliedTo() {
        String changed = Uuid7.next(team.clock).toString();
        String repliedTo = Uuid7.next(team.clock).toString();
        sent(changed);
        sent(repliedTo);

        Api.Answer change = team.editor.api().patch("/api/posts/" + changed, Map.of("body", "Slate"));
        String reply = team.created(Map.of("parentId", repliedTo, "body", "Agreed"));
        announced(changed);
        announced(repliedTo);

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
    void areTakenOutAgain() {
        String id = Uuid7.next(team.clock).toString();
        sent(id);

        Api.Answer removed = removed(id);

        assertThat(removed.status()).isEqualTo(204);
        assertThat(removed(id).status()).isEqualTo(204);
        assertThat(team.viewer.api().get("/api/posts/" + id).status()).isEqualTo(404);
        assertThat(eventsOf(id)).isEmpty();
    }

    private Api.Answer sent(String id) {
        return team.service("tasks")
                .post(
                        "/internal/posts/imported",
                        Map.of(
                                "projectId",
                                team.project,
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

    private Api.Answer announced(String id) {
        return team.service("tasks").post("/internal/posts/imported/announcements", Map.of("ids", List.of(id)));
    }

    private Api.Answer removed(String id) {
        return team.service("tasks").post("/internal/posts/imported/removals", Map.of("ids", List.of(id)));
    }

    private static List<String> eventsOf(String post) {
        return Rows.of("select type from posts.outbox where aggregate_id = ? order by seq", post);
    }
}
