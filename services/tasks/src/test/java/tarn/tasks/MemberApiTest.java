package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.TestUser;

@QuarkusTest
final class MemberApiTest {

    @Inject
    Team team;

    @Test
    void listsOwnersFirst() {
        team.join(team.stranger, "owner");

        Api.Answer members = team.viewer.api().get(team.path("/members"));

        assertThat(Team.texts(members, "role"))
                .containsExactlyInAnyOrder("owner", "owner", "editor", "viewer")
                .startsWith("owner", "owner");
        assertThat(Team.texts(members, "userId")).contains(team.stranger.id().toString());
    }

    @Test
    void anotherRoleHoldsAtOnce() {
        Api.Answer answer = team.owner.api().put(team.path("/members/" + team.editor.id()), Map.of("role", "viewer"));

        assertThat(answer.at("/role")).isEqualTo("viewer");
        assertThat(team.editor
                        .api()
                        .post("/api/tasks", Map.of("projectId", team.project, "title", "Rake"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void onlyUsersWhomTheCallerFindsCanBeAdded() {
        Api.Answer nobody =
                team.owner.api().put(team.path("/members/" + WelcomingIdentity.NOBODY), Map.of("role", "viewer"));
        Api.Answer trouble = team.owner
                .api()
                .withoutRetries()
                .put(team.path("/members/" + WelcomingIdentity.TROUBLE), Map.of("role", "viewer"));

        Api.Answer stranger =
                team.owner.api().put(team.path("/members/" + WelcomingIdentity.RECLUSE), Map.of("role", "viewer"));

        assertThat(nobody.status()).isEqualTo(404);
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(stranger.at("/detail")).isEqualTo(nobody.at("/detail"));
        assertThat(trouble.status()).isEqualTo(503);
        assertThat(trouble.code()).isEqualTo("unavailable");
    }

    @Test
    void aClosedAccountIsNotAddedAndStaysWhereItIsAMember() {
        String member = "/members/" + WelcomingIdentity.CLOSED;

        Api.Answer refused = team.owner.api().put(team.path(member), Map.of("role", "viewer"));
        team.admit(WelcomingIdentity.CLOSED, "viewer");
        Api.Answer raised = team.owner.api().put(team.path(member), Map.of("role", "editor"));
        String other =
                team.owner.api().post("/api/projects", Map.of("name", "House")).at("/id");
        Api.Answer elsewhere = team.owner.api().put("/api/projects/" + other + member, Map.of("role", "viewer"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("account-closed");
        assertThat(raised.at("/role")).isEqualTo("editor");
        assertThat(elsewhere.code()).isEqualTo("account-closed");
        assertThat(Team.texts(team.viewer.api().get(team.path("/members")), "userId"))
                .contains(WelcomingIdentity.CLOSED.toString());
    }

    @Test
    void aProjectHasAtMostFiveHundredMembers() {
        team.admit(WelcomingIdentity.RECLUSE, "viewer");
        team.owner.api().delete(team.path("/members/" + WelcomingIdentity.RECLUSE));
        int members =
                team.viewer.api().get(team.path("/members")).json().at("/items").size();
        Rows.run("insert into tasks.member (project_id, user_id, role, added_at) select '" + team.project
                + "', gen_random_uuid(), 'viewer', now() from generate_series(1, " + (Members.MAX_MEMBERS - members)
                + ")");

        Api.Answer added = team.owner.api().put(team.path("/members/" + team.stranger.id()), Map.of("role", "viewer"));
        Api.Answer restored = team.owner.api().put(team.path("/members/" + WelcomingIdentity.RECLUSE + "/restoration"));
        Api.Answer changed = team.owner.api().put(team.path("/members/" + team.editor.id()), Map.of("role", "viewer"));

        assertThat(added.status()).isEqualTo(409);
        assertThat(added.code()).isEqualTo("too-many-members");
        assertThat(restored.code()).isEqualTo("too-many-members");
        assertThat(changed.status()).isEqualTo(200);
    }

    @Test
    void whoSharesAProjectCanBeAddedToAnother() {
        team.admit(WelcomingIdentity.RECLUSE, "viewer");
        String other =
                team.owner.api().post("/api/projects", Map.of("name", "House")).at("/id");
        String member = "/api/projects/" + other + "/members/" + WelcomingIdentity.RECLUSE;

        Api.Answer added = team.owner.api().put(member, Map.of("role", "viewer"));
        team.owner.api().delete(member);
        team.owner.api().delete(team.path("/members/" + WelcomingIdentity.RECLUSE));
        Api.Answer again = team.owner.api().put(member, Map.of("role", "viewer"));

        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(404);
    }

    @Test
    void whoIsTakenOutLosesAssignmentsAndEverything() {
        String task = team.task(Map.of("title", "Rake", "assignees", List.of(team.viewer.id())));
        String tag = team.editor.api().get("/api/tasks/" + task).etag();

        Api.Answer removed = team.owner.api().delete(team.path("/members/" + team.viewer.id()));

        assertThat(removed.status()).isEqualTo(204);
        assertThat(team.viewer.api().get(team.path("")).status()).isEqualTo(404);
        Api.Answer read = team.editor.api().ifNoneMatch(tag).get("/api/tasks/" + task);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().path("assignees")).isEmpty();
        assertThat(team.owner
                        .api()
                        .delete(team.path("/members/" + team.viewer.id()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whoIsRestoredHasTheRoleAndTheAssignmentsThatStillAre() {
        String kept = team.task(Map.of("title", "Rake", "assignees", List.of(team.editor.id(), team.viewer.id())));
        String removed = team.task(Map.of("title", "Dig", "assignees", List.of(team.editor.id())));
        String without = team.task("Plant");
        String member = team.path("/members/" + team.editor.id());
        String addedAt = team.owner.api().get(team.path("/members")).at("/items/1/addedAt");
        team.owner.api().delete(member);
        team.owner.api().delete("/api/tasks/" + removed);

        Api.Answer restored = team.owner.api().put(member + "/restoration");
        Api.Answer again = team.owner.api().put(member + "/restoration");
        team.owner.api().put("/api/tasks/" + removed + "/restoration");

        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(restored.at("/role")).isEqualTo("editor");
        assertThat(restored.at("/addedAt")).isEqualTo(addedAt);
        assertThat(again.body()).isEqualTo(restored.body());
        assertThat(team.read(kept).path("assignees")).hasSize(2);
        assertThat(team.read(removed).path("assignees")).hasSize(1);
        assertThat(team.read(without).path("assignees")).isEmpty();
        assertThat(Rows.of("select type from tasks.outbox where aggregate_id = ? order by seq", kept))
                .containsExactly("task.created", "task.changed", "task.changed");
    }

    @Test
    void whoIsRestoredKeepsAHigherRoleGivenMeanwhile() {
        String task = team.task(Map.of("title", "Rake", "assignees", List.of(team.viewer.id())));
        String member = team.path("/members/" + team.viewer.id());
        team.owner.api().delete(member);
        team.join(team.viewer, "editor");

        Api.Answer restored = team.owner.api().put(member + "/restoration");

        assertThat(restored.at("/role")).isEqualTo("editor");
        assertThat(team.read(task).path("assignees")).hasSize(1);
    }

    @Test
    void onlyAnOwnerRestoresAMemberForThirtyDaysWhileTheAccountIsThere() {
        String late = team.path("/members/" + team.viewer.id());
        String departed = team.path("/members/" + team.editor.id());
        team.join(team.stranger, "owner");
        team.owner.api().delete(late);
        team.owner.api().delete(departed);
        Api.Answer byThemselves = team.editor.api().put(departed + "/restoration");
        Rows.run("update tasks.removed_row set removed_at = removed_at - interval '30 days' where id = '"
                + team.viewer.id() + "'");
        gone(team.editor);

        Api.Answer tooLate = team.owner.api().put(late + "/restoration");
        Api.Answer withoutAccount = team.owner.api().put(departed + "/restoration");
        Api.Answer never =
                team.owner.api().put(team.path("/members/" + team.user().id()) + "/restoration");
        team.owner.api().delete(team.path("/members/" + team.stranger.id()));

        assertThat(List.of(byThemselves, tooLate, withoutAccount, never))
                .allMatch(answer -> answer.status() == 404 && answer.code().equals("not-found"));
        assertThat(Rows.of("select id from tasks.removed_row where project_id = ?", team.project))
                .containsExactly(team.stranger.id().toString());
    }

    @Test
    void everybodyMayLeaveButTheLastOwner() {
        Api.Answer viewer = team.viewer.api().delete(team.path("/members/" + team.viewer.id()));
        Api.Answer last = team.owner.api().delete(team.path("/members/" + team.owner.id()));
        Api.Answer demoted = team.owner.api().put(team.path("/members/" + team.owner.id()), Map.of("role", "editor"));
        team.join(team.editor, "owner");
        Api.Answer freed = team.owner.api().delete(team.path("/members/" + team.owner.id()));

        assertThat(viewer.status()).isEqualTo(204);
        assertThat(List.of(last, demoted))
                .allMatch(answer -> answer.status() == 409 && answer.code().equals("last-owner"));
        assertThat(freed.status()).isEqualTo(204);
    }

    @Test
    void whoDeletesTheAccountIsTakenOutEverywhere() {
        String task = team.task(Map.of("title", "Rake", "assignees", List.of(team.editor.id())));
        String alone =
                team.editor.api().post("/api/projects", Map.of("name", "Diary")).at("/id");

        assertThat(gone(team.editor).status()).isEqualTo(204);
        assertThat(gone(team.editor).status()).isEqualTo(204);

        assertThat(team.editor.api().get(team.path("")).status()).isEqualTo(404);
        assertThat(team.read(task).path("assignees")).isEmpty();
        assertThat(Rows.of("select deleted_at is not null from tasks.project where id = ?", alone))
                .containsExactly("t");
        assertThat(Rows.of("select type from tasks.outbox where aggregate_id = ? order by seq", alone))
                .containsExactly("project.created", "member.added", "project.deleted");
        assertThat(team.editor
                        .api()
                        .put("/api/projects/" + alone + "/restoration")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void noProjectIsLeftByRequestsBesideADeletion() throws Exception {
        TestUser leaver = team.user();
        assertThat(leaver.api().post("/api/projects", Map.of("name", "Early")).status())
                .isEqualTo(201);
        List<Future<Api.Answer>> late = new ArrayList<>();

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 40; i++) {
                late.add(threads.submit(() -> leaver.api().post("/api/projects", Map.of("name", "Late"))));
            }
            late.get(4).get();
            assertThat(gone(leaver).status()).isEqualTo(204);
        }

        for (Future<Api.Answer> answer : late) {
            assertThat(answer.get().status() + answer.get().code()).isIn("201", "401unauthenticated");
        }
        assertThat(Rows.of(
                        "select id from tasks.project where created_by = ? and deleted_at is null",
                        leaver.id().toString()))
                .isEmpty();
    }

    @Test
    void nobodyLeavesOthersWithoutAnOwnerByDeletingTheAccount() {
        team.owner.api().post("/api/projects", Map.of("name", "Diary"));

        Api.Answer refused = gone(team.owner);
        team.join(team.editor, "owner");
        Api.Answer done = gone(team.owner);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("last-owner");
        assertThat(refused.at("/detail")).contains("“Garden”").doesNotContain("Diary");
        assertThat(done.status()).isEqualTo(204);
    }

    @Test
    void aProjectInTheTrashKeepsNobody() {
        team.owner.api().delete(team.path(""));

        assertThat(gone(team.owner).status()).isEqualTo(204);
    }

    @Test
    void onlyServicesTakeSomebodyOutEverywhere() {
        assertThat(team.owner
                        .api()
                        .delete("/internal/tasks/memberships/" + team.viewer.id())
                        .status())
                .isEqualTo(403);
        assertThat(Api.here()
                        .delete("/internal/tasks/memberships/" + team.viewer.id())
                        .status())
                .isEqualTo(401);
        assertThat(team.viewer.api().get(team.path("")).status()).isEqualTo(200);
    }

    private Api.Answer gone(TestUser user) {
        return team.service("identity").delete("/internal/tasks/memberships/" + user.id());
    }
}
