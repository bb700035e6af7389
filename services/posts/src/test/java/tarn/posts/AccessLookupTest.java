package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tarn.platform.bus.CacheInvalidation;
import tarn.platform.bus.InvalidationBus;
import tarn.platform.problem.Refusal;
import tarn.testing.Api;

@QuarkusTest
@Timeout(30)
final class AccessLookupTest {

    @Inject
    Team team;

    @Inject
    AccessLookup accesses;

    @Inject
    InvalidationBus bus;

    @BeforeEach
    void everybodyAnswers() {
        team.everybodyAnswers();
    }

    private UUID project() {
        return UUID.fromString(team.project);
    }

    private UUID task() {
        return UUID.fromString(team.task);
    }

    private int asked(Runnable what) {
        int before = Neighbours.ASKED.get();
        what.run();
        return Neighbours.ASKED.get() - before;
    }

    @Test
    void aYesIsKeptForThreeSeconds() {
        UUID viewer = team.viewer.id();

        assertThat(accesses.inProject(viewer, project()))
                .contains(new ProjectAccess(project(), ProjectAccess.Role.VIEWER));
        team.leave(team.viewer);
        assertThat(asked(() -> assertThat(accesses.inProject(viewer, project())).isPresent()))
                .isZero();
        team.clock.advance(ShortLivedCache.DURATION.minusMillis(1));
        assertThat(accesses.inProject(viewer, project())).isPresent();
        team.clock.advance(ShortLivedCache.DURATION);
        assertThat(accesses.inProject(viewer, project())).isEmpty();
    }

    @Test
    void whoChangesSomethingIsAskedForAnew() {
        String comment = team.comment("Words");
        accesses.inTask(team.editor.id(), task());
        team.leave(team.editor);

        assertThat(team.editor
                        .api()
                        .post("/api/posts", Map.of("taskId", team.task, "body", "x"))
                        .code())
                .isEqualTo("not-found");
        assertThat(team.editor
                        .api()
                        .patch("/api/posts/" + comment, Map.of("body", "x"))
                        .code())
                .isEqualTo("not-found");
        // And is out for reading, too.
        assertThat(team.editor.api().get("/api/posts/" + comment).code()).isEqualTo("not-found");
    }

    @Test
    void aNoIsNotKept() {
        assertThat(accesses.inTask(team.stranger.id(), task())).isEmpty();
        team.join(team.stranger, "editor");

        assertThat(accesses.inTask(team.stranger.id(), task()))
                .contains(new ProjectAccess(project(), ProjectAccess.Role.EDITOR));
    }

    @Test
    void whatHoldsInAProjectIsNotWhatHoldsInATask() {
        accesses.inProject(team.owner.id(), project());

        assertThat(accesses.inTask(team.owner.id(), project())).isEmpty();
    }

    @Test
    void aChangeOfMembersHoldsAtOnce() {
        UUID viewer = team.viewer.id();
        accesses.inProject(viewer, project());
        accesses.inTask(viewer, task());
        team.leave(team.viewer);

        bus.publish(new CacheInvalidation("something-else", team.project));
        bus.publish(new CacheInvalidation("membership", UUID.randomUUID().toString()));
        assertThat(accesses.inProject(viewer, project())).isPresent();
        team.invalidate();

        assertThat(accesses.inProject(viewer, project())).isEmpty();
        assertThat(accesses.inTask(viewer, task())).isEmpty();
        assertThat(accesses.inTasks(viewer, List.of(task()))).isEmpty();
    }

    @Test
    void aChangeThatIsRolledBackEndsNothing() {
        accesses.inProject(team.viewer.id(), project());
        team.leave(team.viewer);

        QuarkusTransaction.begin();
        team.invalidate();
        QuarkusTransaction.rollback();

        assertThat(accesses.inProject(team.viewer.id(), project())).isPresent();
    }

    @Test
    void whatWasLookedUpBeforeAChangeIsNotKeptAfterIt() {
        UUID viewer = team.viewer.id();
        Neighbours.meanwhile = () -> {
            team.leave(team.viewer);
            team.invalidate();
        };

        assertThat(accesses.inProject(viewer, project())).isPresent();
        assertThat(accesses.inProject(viewer, project())).isEmpty();
    }

    @Test
    void ofManyTasksOnlyThoseAreAskedForThatAreNotKnown() {
        UUID other = UUID.fromString(team.newTask());
        UUID unknown = new UUID(1, 2);
        accesses.inTask(team.viewer.id(), task());
        ProjectAccess access = new ProjectAccess(project(), ProjectAccess.Role.VIEWER);

        assertThat(accesses.inTasks(team.viewer.id(), List.of(task(), other, unknown)))
                .isEqualTo(Map.of(task(), access, other, access));
        assertThat(asked(() -> accesses.inTasks(team.viewer.id(), List.of(task(), other))))
                .isZero();
        assertThat(accesses.inTasks(team.viewer.id(), List.of())).isEmpty();
    }

    @Test
    void whileTasksIsAwayWhatIsKnownHoldsAndTheRestIsUnavailable() {
        String post = team.post("Words");
        Neighbours.SILENT.add("tasks");

        assertThat(team.editor.api().get("/api/posts/" + post).status()).isEqualTo(200);
        team.clock.advance(ShortLivedCache.DURATION);
        Api editor = team.editor.api().withoutRetries();
        List<Api.Answer> answers = List.of(
                editor.get("/api/posts/" + post),
                editor.get("/api/posts?project=" + team.project),
                editor.get("/api/posts/threads?tasks=" + team.task),
                editor.patch("/api/posts/" + post, Map.of("body", "x")),
                editor.post("/api/posts", Map.of("taskId", team.task, "body", "x")));

        assertThat(answers)
                .allMatch(answer -> answer.status() == 503 && answer.code().equals("unavailable"));
        assertThatThrownBy(() -> accesses.inProject(team.editor.id(), project()))
                .isInstanceOf(Refusal.Unavailable.class);
        team.everybodyAnswers();
        assertThat(team.editor.api().get("/api/posts/" + post).status()).isEqualTo(200);
    }

    @Test
    void whoLeavesAProjectSeesNothingOfIt() {
        String comment = team.comment("Words");
        team.leave(team.editor);
        team.invalidate();

        assertThat(team.editor.api().get("/api/posts/" + comment).code()).isEqualTo("not-found");
        assertThat(team.editor.api().delete("/api/posts/" + comment).code()).isEqualTo("not-found");
        assertThat(team.editor.api().get("/api/posts?task=" + team.task).code()).isEqualTo("not-found");
    }
}
