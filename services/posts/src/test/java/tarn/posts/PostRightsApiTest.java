package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
final class PostRightsApiTest {

    /// A request a user may make or not.
    private record Attempt(String what, Function<Api, Api.Answer> request) {}

    @Inject
    Team team;

    @BeforeEach
    void everybodyAnswers() {
        team.everybodyAnswers();
    }

    private List<Attempt> reading() {
        String post = "/api/posts/" + team.post("Words");
        String comment = "/api/posts/" + team.comment("Words");
        return List.of(
                new Attempt("post", api -> api.get(post)),
                new Attempt("comment", api -> api.get(comment)),
                new Attempt("versions", api -> api.get(post + "/versions")),
                new Attempt("posts", api -> api.get("/api/posts?project=" + team.project)),
                new Attempt("comments", api -> api.get("/api/posts?task=" + team.task)),
                new Attempt("replies", api -> api.get(post.replace("posts/", "posts?parent="))));
    }

    private List<Attempt> writing() {
        String post = team.post("Words");
        return List.of(
                new Attempt("post", api -> api.post("/api/posts", Map.of("projectId", team.project, "body", "x"))),
                new Attempt("comment", api -> api.post("/api/posts", Map.of("taskId", team.task, "body", "x"))),
                new Attempt("reply", api -> api.post("/api/posts", Map.of("parentId", post, "body", "x"))));
    }

    /// What only the editor may, who is the author.
    private List<Attempt> changing() {
        String post = "/api/posts/" + team.comment("Words");
        return List.of(
                new Attempt("change", api -> api.patch(post, Map.of("body", "y"))),
                new Attempt("publish", api -> api.put(post + "/publication")));
    }

    /// What the author and an owner may.
    private List<Attempt> removing() {
        String post = "/api/posts/" + team.comment("Words");
        return List.of(
                new Attempt("remove", api -> api.delete(post)),
                new Attempt("restore", api -> api.put(post + "/restoration")));
    }

    @Test
    void whoIsNoMemberFindsNothing() {
        assertThat(Stream.of(reading(), writing(), changing(), removing()).flatMap(List::stream))
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.stranger.api()).code())
                        .as(attempt.what())
                        .isEqualTo("not-found"));
    }

    @Test
    void aViewerReads() {
        assertThat(reading())
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.viewer.api()).status())
                        .as(attempt.what())
                        .isEqualTo(200));
        assertThat(Stream.of(writing(), changing(), removing()).flatMap(List::stream))
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.viewer.api()).code())
                        .as(attempt.what())
                        .isEqualTo("forbidden"));
    }

    @Test
    void anEditorWritesAndChangesNothingOfOthers() {
        assertThat(Stream.of(reading(), writing()).flatMap(List::stream))
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.other.api()).status())
                        .as(attempt.what())
                        .isBetween(200, 201));
        assertThat(Stream.of(changing(), removing()).flatMap(List::stream))
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.other.api()).code())
                        .as(attempt.what())
                        .isEqualTo("forbidden"));
    }

    @Test
    void anAuthorChangesRemovesAndRestores() {
        assertThat(Stream.of(changing(), removing()).flatMap(List::stream))
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.editor.api()).status())
                        .as(attempt.what())
                        .isBetween(200, 204));
    }

    @Test
    void anOwnerRemovesAndRestoresButChangesNoWordsOfOthers() {
        assertThat(removing())
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.owner.api()).status())
                        .as(attempt.what())
                        .isBetween(200, 204));
        assertThat(changing())
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.owner.api()).code())
                        .as(attempt.what())
                        .isEqualTo("forbidden"));
    }

    @Test
    void whatIsInTheTrashIsSeenThereByItsAuthorAndOwnersOnly() {
        String removed = team.comment("Words");
        team.owner.api().delete("/api/posts/" + removed);
        String query = "deleted=true&task=" + team.task;

        assertThat(team.bodies(team.editor, query)).containsExactly("Words");
        assertThat(team.bodies(team.owner, query)).containsExactly("Words");
        assertThat(team.bodies(team.editor, "deleted=true&project=" + team.project))
                .containsExactly("Words");
        assertThat(team.bodies(team.other, query)).isEmpty();
        assertThat(team.bodies(team.viewer, query)).isEmpty();
        assertThat(team.other
                        .api()
                        .put("/api/posts/" + removed + "/restoration")
                        .code())
                .isEqualTo("not-found");
    }

    @Test
    void anAuthorWhoBecameAViewerOnlyReads() {
        String post = "/api/posts/" + team.post("Words");
        team.join(team.editor, "viewer");
        team.invalidate();

        assertThat(team.editor.api().get(post).status()).isEqualTo(200);
        assertThat(team.editor.api().patch(post, Map.of("body", "x")).code()).isEqualTo("forbidden");
        assertThat(team.editor.api().delete(post).code()).isEqualTo("forbidden");
    }

    @Test
    void aProgramDoesWhatItsScopesSay() {
        Api reader = team.program(team.editor, "posts:read");
        Api writer = team.program(team.editor, "posts:write");
        Api other = team.program(team.editor, "tasks:read", "tasks:write", "users:read", "calculations:run");

        assertThat(reading()).allSatisfy(attempt -> {
            assertThat(attempt.request().apply(reader).status())
                    .as(attempt.what())
                    .isEqualTo(200);
            assertThat(Stream.of(writer, other, team.service()))
                    .allMatch(api -> attempt.request().apply(api).status() == 403);
        });
        assertThat(Stream.of(writing(), changing(), removing()).flatMap(List::stream))
                .allSatisfy(attempt -> {
                    assertThat(Stream.of(reader, other, team.service()))
                            .allMatch(api -> attempt.request().apply(api).status() == 403);
                    assertThat(attempt.request().apply(writer).status())
                            .as(attempt.what())
                            .isBetween(200, 204);
                    assertThat(attempt.request().apply(Api.here()).status()).isEqualTo(401);
                });
    }
}
