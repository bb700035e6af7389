package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tarn.testing.Api;
import tarn.testing.Eventually;

class ImportJobTest {

    private static final String BOARD = """
            {"id": "b1", "name": "Hut", "lists": [{"id": "l1", "name": "Next", "pos": 1}],
             "cards": [{"id": "k1", "name": "Mend the roof", "idList": "l1", "pos": 1}],
             "actions": [{"type": "commentCard", "date": "2026-02-01T10:00:00.000Z",
                          "memberCreator": {"fullName": "Grace"}, "data": {"card": {"id": "k1"}, "text": "Shingles"}}]}
            """;

    @Test
    @Timeout(120)
    void nothingOfAnImportIsSeenBeforeAllOfItIs() {
        Api ada = Tarn.someone("Ada").api();
        StringBuilder file = new StringBuilder("Name,Description\n");
        for (int i = 0; i < 5_001; i++) {
            file.append("Quillwort ").append(i).append(",Some words about it\n");
        }

        Api.Answer accepted = ada.post("/api/imports?name=Pond", file.toString());
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        String job = "/api/jobs/" + accepted.at("/id");
        int seenBefore = 0;
        JsonNode state;
        do {
            int seen = seen(ada);
            state = ada.get(job).json();
            seenBefore += state.path("endedAt").isNull() ? seen : 0;
        } while (state.path("endedAt").isNull());

        assertThat(state.path("state").asText()).as(state.toString()).isEqualTo("done");
        assertThat(seenBefore).isZero();
        // A search leaves out a service that does not answer in time.
        Eventually.within(Duration.ofSeconds(20), () -> seen(ada) == 4);
        assertThat(ada.get("/api/projects").at("/items/0/openTasks")).isEqualTo("5001");
    }

    @Test
    void commentsOfABoardAreOnTheirTasks() {
        Api ada = Tarn.someone("Ada").api();
        String job = "/api/jobs/"
                + ada.header("Prefer", "respond-async")
                        .post("/api/imports", BOARD)
                        .at("/id");
        Eventually.within(
                Duration.ofSeconds(30),
                () -> !ada.get(job).json().path("endedAt").isNull());

        assertThat(ada.get(job).at("/state")).isEqualTo("done");
        String task = ada.get("/api/tasks").at("/items/0/id");
        JsonNode post = ada.get("/api/posts?task=" + task).json().at("/items/0");
        assertThat(post.path("body").asText()).isEqualTo("**Grace**:\n\nShingles");
        assertThat(post.path("publishedAt").asText()).startsWith("2026-02-01T10:00:00");
    }

    /// How many of four ways show something of the user's: list of projects, of tasks, search, graph.
    private static int seen(Api user) {
        List<JsonNode> answers = List.of(
                user.get("/api/projects").json().path("items"),
                user.get("/api/tasks").json().path("items"),
                user.get("/api/search?text=quillwort").json().at("/tasks/items"),
                user.post("/graphql", Map.of("query", "{projects {nodes {id}}}"))
                        .json()
                        .at("/data/projects/nodes"));
        return (int) answers.stream().filter(answer -> !answer.isEmpty()).count();
    }
}
