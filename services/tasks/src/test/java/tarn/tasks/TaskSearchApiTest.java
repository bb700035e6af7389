package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SignedTokens;
import tarn.testing.TestUser;

/// What the gateway's search asks.
@QuarkusTest
final class TaskSearchApiTest {

    @Inject
    Team team;

    @Inject
    SignedTokens tokens;

    @Test
    void titlesComeFirstThenWhatIsOpenThenTheNewest() {
        team.task(Map.of("title", "Other", "description", "Find the zither"));
        team.task("Zither one");
        team.clock.advance(Duration.ofMillis(2));
        team.task("Zither two");
        team.task(Map.of("title", "Zither done", "status", "done"));
        team.editor.api().delete("/api/tasks/" + team.task("Zither gone"));

        JsonNode tasks = found(team.viewer, "zith", null).path("tasks");

        assertThat(titles(tasks)).containsExactly("[Zither] two", "[Zither] one", "[Zither] done", "Other");
        assertThat(text(tasks.at("/items/3/excerpt"))).isEqualTo("Find the [zither]");
        assertThat(tasks.at("/items/2/status").asText()).isEqualTo("done");
        assertThat(tasks.at("/items/0/projectName").asText()).isEqualTo("Garden");
        assertThat(tasks.path("truncated").asBoolean()).isFalse();
        assertThat(found(team.viewer, "zither two", null).at("/tasks/items")).hasSize(1);
        assertThat(found(team.viewer, "zither t", null).at("/tasks/items")).hasSize(2);
    }

    @Test
    void wholeWordsComeBeforeBegunOnes() {
        team.task("Learn C++");
        team.clock.advance(Duration.ofMillis(2));
        for (int i = 0; i < 6; i++) {
            team.task("Clean cupboard " + i);
        }

        assertThat(titles(found(team.viewer, "c", null).path("tasks"))).first().isEqualTo("Learn [C++]");
        assertThat(titles(found(team.viewer, "c++", null).path("tasks"))).containsExactly("Learn [C++]");
    }

    @Test
    void aTextWithoutWordsFindsNothing() {
        team.task("- ‹ - #");

        JsonNode found = found(team.viewer, "- ‹ #", null);

        assertThat(found.at("/tasks/items").isEmpty()).isTrue();
        assertThat(found.at("/projects/items").isEmpty()).isTrue();
    }

    @Test
    void onlyMembersFindAnything() {
        team.task("Xylophone");
        team.owner.api().patch(team.path(""), Map.of("name", "Xylophones"));

        JsonNode members = found(team.viewer, "xylo", null);
        JsonNode stranger = found(team.stranger, "xylo", null);

        assertThat(titles(members.path("projects"))).containsExactly("[Xylophones]");
        assertThat(titles(members.path("tasks"))).containsExactly("[Xylophone]");
        assertThat(stranger.at("/projects/items").isEmpty()).isTrue();
        assertThat(stranger.at("/tasks/items").isEmpty()).isTrue();
        assertThat(ask(team.stranger, "xylo", team.project).status()).isEqualTo(404);
        assertThat(titles(found(team.viewer, "xylo", team.project).path("projects")))
                .isEmpty();
        team.owner.api().delete(team.path(""));
        assertThat(found(team.viewer, "xylo", null).at("/tasks/items").isEmpty())
                .isTrue();
    }

    @Test
    void theNewestAreRankedOfWordsThatMostTasksHave() {
        // Tasks that other tests left would make the word a rare one.
        Rows.run("truncate tasks.task cascade");
        Rows.run(
                "insert into tasks.task (id, project_id, title, position, created_by, created_at, updated_at, search)"
                        + " select overlay(gen_random_uuid()::text placing '00000000-0000' from 1)::uuid, ?, 'Viola ' || n, 'V' || n,"
                        + " gen_random_uuid(), now(), now(), '''viola'':1B' from generate_series(1, 20500) n",
                team.project);
        Rows.run("analyze tasks.task");
        team.task("Viola last");

        JsonNode tasks = found(team.viewer, "vio", null).path("tasks");

        assertThat(titles(tasks)).hasSize(5).first().isEqualTo("[Viola] last");
        assertThat(tasks.path("truncated").asBoolean()).isTrue();
        Rows.run("delete from tasks.task where project_id = ? and title <> 'Viola last'", team.project);
    }

    @Test
    void isForTheGatewayAloneAndForUsersWhoMayRead() {
        Map<String, Object> search = Map.of("text", "x", "limit", 5);
        Api gateway = team.service("gateway");
        String narrow = "Bearer " + tokens.program(team.viewer.id(), "tasks:write");

        assertThat(gateway.post("/internal/tasks/search", search).status()).isEqualTo(401);
        assertThat(gateway.header("Tarn-On-Behalf-Of", narrow)
                        .post("/internal/tasks/search", search)
                        .status())
                .isEqualTo(403);
        assertThat(team.viewer.api().post("/internal/tasks/search", search).status())
                .isEqualTo(403);
    }

    private JsonNode found(TestUser user, String text, @Nullable String in) {
        Api.Answer answer = ask(user, text, in);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private Api.Answer ask(TestUser user, String text, @Nullable String in) {
        Map<String, Object> search = new HashMap<>(Map.of("text", text, "limit", 5));
        if (in != null) {
            search.put("in", UUID.fromString(in));
        }
        return team.service("gateway")
                .header("Tarn-On-Behalf-Of", "Bearer " + tokens.session(user.id()))
                .post("/internal/tasks/search", search);
    }

    private static List<String> titles(JsonNode group) {
        return group.path("items").findValues("title").stream()
                .map(TaskSearchApiTest::text)
                .toList();
    }

    /// With what matches in brackets.
    private static String text(JsonNode parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(
                part.path("match").asBoolean()
                        ? '[' + part.path("text").asText() + ']'
                        : part.path("text").asText()));
        return text.toString();
    }
}
