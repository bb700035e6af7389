package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.TestUser;

@QuarkusTest
final class InternalApiTest {

    @Inject
    Team team;

    @Inject
    RecordedInvalidations invalidations;

    @Test
    void tellsWhatAUserMayDoInAProject() {
        Api.Answer owner = access(team.owner, "project=" + team.project);
        Api.Answer viewer = access(team.viewer, "project=" + team.project);
        Api.Answer stranger = access(team.stranger, "project=" + team.project);

        assertThat(owner.status()).as(owner.toString()).isEqualTo(200);
        assertThat(owner.at("/project")).isEqualTo(team.project);
        assertThat(owner.at("/role")).isEqualTo("owner");
        assertThat(viewer.at("/role")).isEqualTo("viewer");
        assertThat(stranger.code()).isEqualTo("not-found");
    }

    @Test
    void tellsWhatAUserMayDoWhereATaskIs() {
        String task = team.task("Rake");

        Api.Answer editor = access(team.editor, "task=" + task);
        Api.Answer stranger = access(team.stranger, "task=" + task);

        assertThat(editor.at("/task")).isEqualTo(task);
        assertThat(editor.at("/project")).isEqualTo(team.project);
        assertThat(editor.at("/role")).isEqualTo("editor");
        assertThat(stranger.code()).isEqualTo("not-found");
    }

    @Test
    void whatIsInTheTrashIsNobodys() {
        String task = team.task("Rake");
        String removed = team.task("Sweep");
        team.editor.api().delete("/api/tasks/" + removed);

        assertThat(access(team.editor, "task=" + removed).status()).isEqualTo(404);
        team.owner.api().delete(team.path(""));
        assertThat(access(team.owner, "task=" + task).status()).isEqualTo(404);
        assertThat(access(team.owner, "project=" + team.project).status()).isEqualTo(404);
        team.owner.api().put(team.path("/restoration"));
        assertThat(access(team.owner, "task=" + task).status()).isEqualTo(200);
    }

    @Test
    void asksForExactlyOneOfProjectAndTask() {
        String task = team.task("Rake");

        List<Api.Answer> refused = List.of(
                access(team.owner, ""),
                access(team.owner, "project=" + team.project + "&task=" + task),
                access(team.owner, "project=x"));

        assertThat(refused)
                .allMatch(answer ->
                        answer.status() == 400 && answer.at("/errors/0/pointer").equals("?project"));
    }

    @Test
    void tellsOfManyTasksThoseThatAUserSees() {
        String seen = team.task("Rake");
        String removed = team.task("Sweep");
        team.editor.api().delete("/api/tasks/" + removed);
        String foreign = team.stranger
                .api()
                .post("/api/projects", Map.of("name", "House"))
                .at("/id");
        String other = team.stranger
                .api()
                .post("/api/tasks", Map.of("projectId", foreign, "title", "Paint"))
                .at("/id");

        Api.Answer answer = accesses(List.of(seen, removed, other, new UUID(1, 2).toString()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(Team.texts(answer, "task")).containsExactly(seen);
        assertThat(Team.texts(answer, "role")).containsExactly("viewer");
        assertThat(accesses(Collections.nCopies(1_001, seen)).status()).isEqualTo(422);
        assertThat(accesses(Collections.singletonList(null)).status()).isEqualTo(422);
    }

    @Test
    void tellsWhoIsInAProject() {
        Api.Answer members = team.service("posts").get("/internal/tasks/projects/" + team.project + "/members");

        assertThat(Team.texts(members, "userId"))
                .containsExactlyInAnyOrder(
                        team.owner.id().toString(),
                        team.editor.id().toString(),
                        team.viewer.id().toString());
        assertThat(team.service("posts")
                        .get("/internal/tasks/projects/" + new UUID(1, 2) + "/members")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void admitsWhomAnOwnerHasInvitedOnceAndKeepsAHigherRole() {
        Api.Answer admitted = admit(team.stranger, "editor", team.owner, "one");
        team.owner.api().delete(team.path("/members/" + team.stranger.id()));
        Api.Answer again = admit(team.stranger, "editor", team.owner, "one");
        int seenAgain = team.stranger.api().get(team.path("")).status();
        Api.Answer higher = admit(team.editor, "viewer", team.owner, "two");
        Api.Answer byEditor = admit(team.stranger, "viewer", team.editor, "three");
        Api.Answer byStranger = admit(team.stranger, "viewer", team.stranger, "four");
        team.owner.api().delete(team.path(""));
        Api.Answer inTheTrash = admit(team.stranger, "viewer", team.owner, "five");

        assertThat(admitted.at("/role")).isEqualTo("editor");
        assertThat(again.at("/role")).isEqualTo("editor");
        assertThat(seenAgain).isEqualTo(404);
        assertThat(higher.at("/role")).isEqualTo("editor");
        assertThat(byEditor.code()).isEqualTo("not-owner");
        assertThat(byStranger.status()).isEqualTo(404);
        assertThat(inTheTrash.status()).isEqualTo(404);
    }

    @Test
    void tellsIdentityWhatAProjectIsCalledAndWhatAUserMayDoInIt() {
        String path = "/internal/tasks/projects/" + team.project + "/members/";

        Api.Answer editor = team.service("identity").get(path + team.editor.id());

        assertThat(editor.at("/projectName")).isNotEmpty();
        assertThat(editor.at("/role")).isEqualTo("editor");
        assertThat(team.service("identity").get(path + team.stranger.id()).status())
                .isEqualTo(404);
    }

    @Test
    void tellsTheWorkerWhichProjectsAUserIsIn() {
        String path = "/internal/tasks/memberships/" + team.viewer.id() + "/projects";

        assertThat(ids(team.service("worker").get(path))).containsExactly(team.project.toString());
        team.owner.api().delete("/api/projects/" + team.project);
        assertThat(ids(team.service("worker").get(path))).as("in the trash").hasSize(1);
        assertThat(team.service("posts").get(path).status()).isEqualTo(403);
    }

    @Test
    void tellsIdentityWhoSharesOrSharedAProject() {
        team.join(team.stranger, "viewer");
        team.owner.api().delete(team.path("/members/" + team.stranger.id()));
        String path = "/internal/tasks/memberships/" + team.owner.id();
        Map<String, List<UUID>> asked = Map.of(
                "ids", List.of(team.editor.id(), team.stranger.id(), team.user().id()));

        Api.Answer colleagues = team.service("identity").get(path + "/colleagues");
        Api.Answer known = team.service("identity").post(path + "/acquaintances", asked);
        Api.Answer ofTheStranger = team.service("identity")
                .post("/internal/tasks/memberships/" + team.stranger.id() + "/acquaintances", asked);
        team.service("identity").delete("/internal/tasks/memberships/" + team.stranger.id());
        Api.Answer knownLater = team.service("identity").post(path + "/acquaintances", asked);

        assertThat(ids(colleagues))
                .containsExactlyInAnyOrder(
                        team.editor.id().toString(), team.viewer.id().toString());
        assertThat(ids(known))
                .containsExactlyInAnyOrder(
                        team.editor.id().toString(), team.stranger.id().toString());
        assertThat(ids(ofTheStranger)).isEmpty();
        assertThat(ids(knownLater)).containsExactly(team.editor.id().toString());
    }

    private static List<String> ids(Api.Answer answer) {
        List<String> ids = new ArrayList<>();
        answer.json().path("ids").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private Api.Answer admit(TestUser user, String role, TestUser inviter, String key) {
        return team.service("identity")
                .header("Idempotency-Key", key + team.project)
                .post(
                        "/internal/tasks/projects/" + team.project + "/members",
                        Map.of("userId", user.id(), "role", role, "invitedBy", inviter.id()));
    }

    @Test
    void whoseAccountIsBeingDeletedMakesNothingNobodyCanSee() {
        team.service("identity").delete("/internal/tasks/memberships/" + team.editor.id());

        Api.Answer created = team.editor.api().post("/api/projects", Map.of("name", "Unseen"));
        Api.Answer added = team.owner.api().put(team.path("/members/" + team.editor.id()), Map.of("role", "editor"));

        assertThat(created.status()).isEqualTo(401);
        assertThat(added.status()).isEqualTo(404);
    }

    @Test
    void onlyServicesThatAreNamedAreTold() {
        String path = "/internal/tasks/memberships/" + team.owner.id();

        assertThat(team.owner.api().get(path + "?project=" + team.project).status())
                .isEqualTo(403);
        assertThat(team.owner
                        .api()
                        .post(path + "/tasks", Map.of("tasks", List.of()))
                        .status())
                .isEqualTo(403);
        assertThat(Api.here()
                        .get("/internal/tasks/projects/" + team.project + "/members")
                        .status())
                .isEqualTo(401);
        assertThat(team.service("gateway")
                        .get("/internal/tasks/projects/" + team.project + "/members")
                        .status())
                .isEqualTo(403);
        assertThat(team.service("posts").delete(path).status()).isEqualTo(403);
    }

    @Test
    void whoKeepsACopyHearsOfEveryChangeOfMembers() {
        long before = invalidations.ofMembersIn(team.project);

        team.join(team.viewer, "editor");
        team.join(team.viewer, "editor");
        team.owner.api().delete(team.path("/members/" + team.viewer.id()));
        team.owner.api().delete(team.path(""));
        team.owner.api().put(team.path("/restoration"));
        team.service("identity").delete("/internal/tasks/memberships/" + team.editor.id());

        assertThat(invalidations.ofMembersIn(team.project) - before).isEqualTo(5);
    }

    @Test
    void nobodyHearsOfARefusedChange() {
        long before = invalidations.ofMembersIn(team.project);

        team.owner.api().delete(team.path("/members/" + team.owner.id()));
        team.editor.api().delete(team.path(""));

        assertThat(invalidations.ofMembersIn(team.project)).isEqualTo(before);
    }

    private Api.Answer access(TestUser user, String query) {
        return team.service("posts").get("/internal/tasks/memberships/" + user.id() + "?" + query);
    }

    private Api.Answer accesses(List<String> tasks) {
        return team.service("posts")
                .post("/internal/tasks/memberships/" + team.viewer.id() + "/tasks", Map.of("tasks", tasks));
    }
}
