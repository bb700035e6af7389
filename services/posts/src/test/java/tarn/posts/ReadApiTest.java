package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SignedTokens;

/// What the gateway's graph asks.
@QuarkusTest
final class ReadApiTest {

    @Inject
    Team team;

    @Inject
    SignedTokens tokens;

    @BeforeEach
    void everybodyAnswers() {
        team.everybodyAnswers();
    }

    /// What is read, without where one can go on: REST leads behind the page, a read behind each item, too.
    private static JsonNode withoutCursors(JsonNode body) {
        return body.isObject() ? ((ObjectNode) body).without(List.of("cursors", "nextCursor")) : body;
    }

    @Test
    void everyReadGivesWhatRestGives() {
        String post = team.post("A post");
        team.reply(post, "A reply");
        for (String words : List.of("one", "two", "three")) {
            team.comment(words);
            team.clock.advance(Duration.ofSeconds(1));
        }
        String cursor = team.viewer
                .api()
                .get("/api/posts?task=" + team.task + "&limit=1")
                .at("/nextCursor");

        JsonNode answers = read(
                team.viewer.id(),
                List.of(
                        Map.of("kind", "post", "id", post),
                        Map.of("kind", "of-project", "id", team.project),
                        Map.of("kind", "replies", "id", post),
                        Map.of("kind", "of-task", "id", team.task, "limit", 2),
                        Map.of("kind", "of-task", "id", team.task, "limit", 2, "cursor", cursor)));

        List<String> same = List.of(
                "/api/posts/" + post,
                "/api/posts?project=" + team.project,
                "/api/posts?parent=" + post,
                "/api/posts?task=" + team.task + "&limit=2",
                "/api/posts?task=" + team.task + "&limit=2&cursor=" + cursor);
        for (int i = 0; i < same.size(); i++) {
            assertThat(answers.get(i).path("status").asInt()).as(same.get(i)).isEqualTo(200);
            assertThat(withoutCursors(answers.get(i).path("body")))
                    .as(same.get(i))
                    .isEqualTo(withoutCursors(team.viewer.api().get(same.get(i)).json()));
        }
    }

    @Test
    void eachIsRefusedAlone() {
        String comment = team.comment("Secret");

        JsonNode answers = read(
                team.stranger.id(),
                List.of(
                        Map.of("kind", "of-task", "id", team.task),
                        Map.of("kind", "post", "id", comment),
                        Map.of("kind", "of-project", "id", team.project)));

        assertThat(answers.findValuesAsText("code")).containsExactly("not-found", "not-found", "not-found");
        assertThat(answers.toString()).doesNotContain("Secret");
    }

    @Test
    void whatReadsAskOthersIsAskedInTheNameOfTheRequest() {
        String request = "reads-" + UUID.randomUUID();
        Api service = team.service()
                .header("Tarn-On-Behalf-Of", "Bearer " + tokens.session(team.viewer.id()))
                .header("X-Request-Id", request)
                .header("Tarn-Timeout", "1900");

        ask(service, Map.of("reads", List.of(Map.of("kind", "of-project", "id", team.project))));

        assertThat(Neighbours.askedBy(request))
                .singleElement()
                .satisfies(asked -> assertThat(Integer.parseInt(asked.header("Tarn-Timeout")))
                        .isLessThan(1_900));
    }

    @Test
    void isForServicesThatShowWhoAsks() {
        Map<String, Object> nothing = Map.of("reads", List.of());

        assertThat(ask(team.service(), nothing).code()).isEqualTo("unauthenticated");
        assertThat(ask(team.editor.api(), nothing).code()).isEqualTo("forbidden");
        assertThat(ask(Api.here().bearer(tokens.service("tasks")), nothing).code())
                .isEqualTo("forbidden");
        assertThat(ask(
                                team.service()
                                        .header(
                                                "Tarn-On-Behalf-Of",
                                                "Bearer " + tokens.program(team.editor.id(), "tasks:read")),
                                nothing)
                        .code())
                .isEqualTo("forbidden");
    }

    private JsonNode read(UUID user, List<Map<String, Object>> reads) {
        Api service = team.service().header("Tarn-On-Behalf-Of", "Bearer " + tokens.session(user));
        Api.Answer answer = ask(service, Map.of("reads", reads));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("items");
    }

    private static Api.Answer ask(Api api, Map<String, Object> wanted) {
        return api.post("/internal/posts/reads", wanted);
    }
}
