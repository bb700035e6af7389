package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;

/// Imports in an installation that has been started without posts.
@QuarkusTest
@TestProfile(ImportWithoutPostsApiTest.WithoutPosts.class)
final class ImportWithoutPostsApiTest {

    public static final class WithoutPosts implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tarn.without", "posts");
        }
    }

    private static final String BOARD = """
            {"id": "b1", "name": "Moving house", "lists": [{"id": "s1", "name": "To pack", "pos": 1}],
             "cards": [{"id": "c1", "idList": "s1", "name": "Books", "pos": 1}],
             "actions": [{"type": "commentCard", "date": "2026-02-01T10:00:00.000Z",
                          "memberCreator": {"fullName": "Ada"},
                          "data": {"card": {"id": "c1"}, "text": "Mind the stairs"}}]}
            """;

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Team team;

    @Inject
    ImportRunner runner;

    @Test
    void commentsAreLeftOutAsTheReportSays() {
        String job = imported();

        assertThat(report(job)).contains("\"comments\",\"1 comment was not imported.\"");
        assertThat(runner.resume()).isZero();
    }

    @Test
    void commentsThatArePostsAlreadyWaitForPostsAndTheReportSaysSo() {
        String job = imported();
        Rows.run("delete from tasks.import_line where job_id = ?", job);
        // What an import has left that has ended just before posts was left out.
        Rows.run("update tasks.import_job set comments = 1, posting = true where job_id = ?", job);

        runner.wake();

        Eventually.within(SOON, () -> report(job).contains("1 comment is not seen until Tarn runs with posts again."));
        runner.wake();
        assertThat(Rows.of("select posting from tasks.import_job where job_id = ?", job))
                .containsExactly("t");
        assertThat(runner.resume()).isZero();
        assertThat(report(job).lines()).hasSize(2);
    }

    /// The id of a job that has imported the board.
    private String imported() {
        Api me = team.stranger.api();
        String id =
                me.header("Prefer", "respond-async").post("/api/imports", BOARD).at("/id");
        Eventually.within(SOON, () -> me.get("/api/jobs/" + id).at("/state").equals("done"));
        Eventually.within(SOON, () -> runner.resume() == 0);
        return id;
    }

    private String report(String job) {
        return team.stranger.api().get("/api/jobs/" + job + "/report").body();
    }
}
