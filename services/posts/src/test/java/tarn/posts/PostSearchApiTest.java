package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SignedTokens;
import tarn.testing.TestUser;

/// What the gateway's search asks.
@QuarkusTest
final class PostSearchApiTest {

    @Inject
    Team team;

    @Inject
    SignedTokens tokens;

    @Inject
    PostsDatabase database;

    @BeforeEach
    void everybodyAnswers() {
        team.everybodyAnswers();
    }

    @Test
    void findsPostsCommentsAndRepliesThatTheUserSees() {
        String post = team.created(Map.of("projectId", team.project, "title", "Marimba", "body", "On the project"));
        team.clock.advance(Duration.ofMillis(2));
        String comment = team.comment("Take the marimba");
        team.clock.advance(Duration.ofMillis(2));
        String reply = team.reply(post, "No marimba here");
        team.draft(Map.of("projectId", team.project, "body", "A marimba in a draft"));
        String removed = team.post("A marimba that is removed");
        team.reply(removed, "A marimba below what is removed");
        team.editor.api().delete("/api/posts/" + removed);
        String gone = team.newTask();
        team.created(Map.of("taskId", gone, "body", "A marimba on a task in the trash"));
        Neighbours.TRASH.add(gone);
        team.invalidate();

        JsonNode found = found(team.viewer, "marim", null);

        assertThat(found.path("items").findValuesAsText("id")).containsExactly(post, reply, comment);
        assertThat(found.at("/items/0/title").toString()).isEqualTo("[{\"text\":\"Marimba\",\"match\":true}]");
        assertThat(found.at("/items/2/excerpt/1/text").asText()).isEqualTo("marimba");
        assertThat(found.at("/items/2/taskId").asText()).isEqualTo(team.task);
        assertThat(found.at("/items/2/projectName").asText()).isEqualTo("Garden");
        assertThat(found.at("/items/1/parentId").asText()).isEqualTo(post);
        assertThat(found(team.viewer, "marim", team.project).path("items")).hasSize(3);
        assertThat(found(team.viewer, "- #", null).path("items").isEmpty()).isTrue();
        assertThat(found(team.stranger, "marim", null).path("items").isEmpty()).isTrue();
        assertThat(ask(team.stranger, "marim", team.project).status()).isEqualTo(404);
    }

    @Test
    void rowsOfTheDayBeforeAreComputedAnewAndChangesAreFound() {
        String post = team.created(Map.of("projectId", team.project, "title", "Café", "body", "Ticket PROJ-42"));
        Rows.change("update posts.post set search = to_tsvector('simple', title || body) where id = ?", post);
        Rows.change("update posts.derived_columns set rules = 0");
        assertThat(found(team.viewer, "cafe", team.project).path("items").isEmpty())
                .isTrue();

        database.derived().refresh();

        assertThat(found(team.viewer, "cafe proj-4", team.project).path("items"))
                .hasSize(1);
        team.editor.api().patch("/api/posts/" + post, Map.of("body", "See report.pdf"));
        assertThat(found(team.viewer, "proj", team.project).path("items").isEmpty())
                .isTrue();
        assertThat(found(team.viewer, "cafe report.p", team.project).path("items"))
                .hasSize(1);
    }

    @Test
    void isUnavailableWhenNobodySaysWhoMaySeeWhat() {
        Neighbours.SILENT.add("tasks");

        assertThat(ask(team.viewer, "x", null).code()).isEqualTo("unavailable");
    }

    private JsonNode found(TestUser user, String text, @Nullable String in) {
        Api.Answer answer = ask(user, text, in);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("posts");
    }

    private Api.Answer ask(TestUser user, String text, @Nullable String in) {
        Map<String, Object> search = new HashMap<>(Map.of("text", text, "limit", 5));
        if (in != null) {
            search.put("in", in);
        }
        return team.service()
                .header("Tarn-On-Behalf-Of", "Bearer " + tokens.session(user.id()))
                .post("/internal/posts/search", search);
    }
}
