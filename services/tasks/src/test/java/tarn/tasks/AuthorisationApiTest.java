package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import tarn.platform.security.Caller;
import tarn.testing.Api;
import tarn.testing.SignedTokens;

@QuarkusTest
final class AuthorisationApiTest {

    /// A request a user may make or not.
    private record Attempt(String what, Function<Api, Api.Answer> request) {}

    @Inject
    Team team;

    @Inject
    SignedTokens tokens;

    private List<Attempt> reading() {
        String task = "/api/tasks/" + team.task("Rake");
        return List.of(
                new Attempt("project", api -> api.get(team.path(""))),
                new Attempt("members", api -> api.get(team.path("/members"))),
                new Attempt("sections", api -> api.get(team.path("/sections"))),
                new Attempt("labels", api -> api.get(team.path("/labels"))),
                new Attempt("task", api -> api.get(task)));
    }

    private List<Attempt> editing() {
        String task = "/api/tasks/" + team.task("Rake");
        String section = team.path("/sections/" + team.section("Shed"));
        String label = team.path("/labels/" + team.label("Spring"));
        return List.of(
                new Attempt("open", api -> api.post("/api/tasks", Map.of("projectId", team.project, "title", "x"))),
                new Attempt("change", api -> api.patch(task, Map.of("title", "y"))),
                new Attempt("complete", api -> api.put(task + "/completion")),
                new Attempt("reopen", api -> api.delete(task + "/completion")),
                new Attempt("move", api -> api.put(task + "/position", "{}")),
                new Attempt("remove", api -> api.delete(task)),
                new Attempt("restore", api -> api.put(task + "/restoration")),
                new Attempt("add section", api -> api.post(team.path("/sections"), Map.of("name", "x"))),
                new Attempt("change section", api -> api.patch(section, Map.of("name", "x"))),
                new Attempt("move section", api -> api.put(section + "/position", "{}")),
                new Attempt("remove section", api -> api.delete(section)),
                new Attempt("add label", api -> api.post(team.path("/labels"), Map.of("color", "red"))),
                new Attempt("change label", api -> api.patch(label, Map.of("color", "blue"))),
                new Attempt("remove label", api -> api.delete(label)));
    }

    private List<Attempt> owning() {
        String member = team.path("/members/" + team.viewer.id());
        return List.of(
                new Attempt("change project", api -> api.patch(team.path(""), Map.of("name", "Park"))),
                new Attempt("put member", api -> api.put(member, Map.of("role", "editor"))),
                new Attempt("remove member", api -> api.delete(member)),
                new Attempt("remove project", api -> api.delete(team.path(""))),
                new Attempt("restore project", api -> api.put(team.path("/restoration"))));
    }

    @Test
    void whoIsNoMemberFindsNothing() {
        assertThat(Stream.of(reading(), editing(), owning()).flatMap(List::stream))
                .allSatisfy(attempt -> {
                    Api.Answer answer = attempt.request().apply(team.stranger.api());
                    assertThat(answer.status()).as(attempt.what()).isEqualTo(404);
                    assertThat(answer.code()).as(attempt.what()).isEqualTo("not-found");
                });
    }

    @Test
    void aViewerSeesAndChangesNothing() {
        assertThat(reading())
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.viewer.api()).status())
                        .as(attempt.what())
                        .isEqualTo(200));
        assertThat(editing()).allSatisfy(attempt -> {
            Api.Answer answer = attempt.request().apply(team.viewer.api());
            assertThat(answer.status() + answer.code()).as(attempt.what()).isEqualTo("403forbidden");
        });
    }

    @Test
    void anEditorChangesTasksButNotTheProject() {
        assertThat(editing())
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.editor.api()).status())
                        .as(attempt.what())
                        .isBetween(200, 204));
        assertThat(owning())
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.editor.api()).status())
                        .as(attempt.what())
                        .isEqualTo(403));
    }

    @Test
    void anOwnerDoesEverything() {
        assertThat(Stream.of(reading(), editing(), owning()).flatMap(List::stream))
                .allSatisfy(attempt -> assertThat(
                                attempt.request().apply(team.owner.api()).status())
                        .as(attempt.what())
                        .isBetween(200, 204));
    }

    @Test
    void aProgramDoesWhatItsScopesSay() {
        Api reader = Api.here().bearer(tokens.program(team.owner.id(), "tasks:read"));
        Api writer = Api.here().bearer(tokens.program(team.owner.id(), "tasks:write"));
        Api other = Api.here().bearer(tokens.program(team.owner.id(), "users:read"));
        Api service = Api.here().bearer(tokens.service("identity"));

        assertThat(reading()).allSatisfy(attempt -> {
            assertThat(attempt.request().apply(reader).status())
                    .as(attempt.what())
                    .isEqualTo(200);
            assertThat(Stream.of(writer, other, service))
                    .allMatch(api -> attempt.request().apply(api).status() == 403);
        });
        assertThat(editing()).allSatisfy(attempt -> {
            assertThat(Stream.of(reader, other, service))
                    .allMatch(api -> attempt.request().apply(api).code().equals("forbidden"));
            assertThat(attempt.request().apply(writer).status())
                    .as(attempt.what())
                    .isBetween(200, 204);
        });
    }

    @Test
    void nobodyWithoutAGoodTokenGetsAnywhere() {
        JwtClaims expired = tokens.claims(caller());
        expired.setExpirationTimeMinutesInTheFuture(-60);
        JwtClaims foreign = tokens.claims(caller());
        foreign.setAudience("elsewhere");
        String good = tokens.session(team.owner.id());
        List<Api> strangers = List.of(
                Api.here(),
                Api.here().bearer("rubbish"),
                Api.here().bearer(tokens.sign(expired)),
                Api.here().bearer(tokens.sign(foreign)),
                Api.here().bearer(good.substring(0, good.length() - 8) + "AAAAAAAA"),
                Api.here().header("Authorization", "Basic YWRhOmFkYQ=="));

        List<Attempt> attempts =
                Stream.of(reading(), editing(), owning()).flatMap(List::stream).toList();

        assertThat(strangers)
                .allSatisfy(api -> assertThat(attempts).allSatisfy(attempt -> {
                    Api.Answer answer = attempt.request().apply(api);
                    assertThat(answer.status() + answer.code())
                            .as(attempt.what())
                            .isEqualTo("401unauthenticated");
                }));
    }

    @Test
    void whatATaskPointsToIsOfItsProject() {
        String other =
                team.editor.api().post("/api/projects", Map.of("name", "House")).at("/id");
        String section =
                team.editor.api().get("/api/projects/" + other + "/sections").at("/items/0/id");
        String label =
                Team.created(team.editor.api().post("/api/projects/" + other + "/labels", Map.of("color", "red")));
        String parent =
                Team.created(team.editor.api().post("/api/tasks", Map.of("projectId", other, "title", "Paint")));
        String task = team.task("Rake");
        Map<String, Object> fields = Map.of(
                "sectionId",
                section,
                "parentId",
                parent,
                "labels",
                List.of(label),
                "assignees",
                List.of(team.stranger.id()));

        fields.forEach((field, value) -> {
            Api.Answer opened =
                    team.editor.api().post("/api/tasks", Map.of("projectId", team.project, "title", "x", field, value));
            Api.Answer changed = team.editor.api().patch("/api/tasks/" + task, Map.of(field, value));
            assertThat(List.of(opened, changed)).allSatisfy(answer -> {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
                assertThat(answer.at("/errors/0/pointer")).isEqualTo("/" + field);
            });
        });
        assertThat(team.editor
                        .api()
                        .patch(team.path("/sections/" + section), Map.of("name", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(team.editor.api().delete(team.path("/labels/" + label)).status())
                .isEqualTo(404);
    }

    private Caller caller() {
        return new Caller(
                team.owner.id(),
                Caller.Kind.SESSION,
                new UUID(1, 1),
                Set.of(),
                false,
                "",
                team.clock.instant().plusSeconds(60));
    }
}
