package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tarn.platform.TimeZones;
import tarn.platform.Uuid7;
import tarn.platform.security.Caller;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.TestUser;

@QuarkusTest
final class JobApiTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Team team;

    @Inject
    AcceptedJobs jobs;

    @Inject
    JobStore store;

    @Inject
    TaskChangeRunner runner;

    @Test
    void manyChangesAreAcceptedNowAndDoneSoon() {
        String rake = team.task("Rake");
        String sweep = team.task("Sweep");
        List<Map<String, Object>> changes = new ArrayList<>();
        IntStream.range(0, 248).forEach(i -> changes.add(change(rake, Map.of("title", "Rake " + i))));
        changes.add(change(sweep, Map.of("status", "done")));
        changes.add(change(sweep, Map.of("title", "x".repeat(501))));
        changes.add(change(team.project, Map.of("title", "No task")));

        Api.Answer accepted = later(team.editor).patch("/api/tasks", Map.of("changes", changes));

        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(accepted.header("Location")).endsWith("/api/jobs/" + accepted.at("/id"));
        assertThat(accepted.at("/total")).isEqualTo("251");
        JsonNode job = ended(accepted.at("/id"));
        assertThat(job.path("state").asText()).isEqualTo("done");
        assertThat(job.path("done").asInt()).isEqualTo(249);
        assertThat(job.path("rejected").asInt()).isEqualTo(2);
        assertThat(team.read(rake).path("title").asText()).isEqualTo("Rake 247");
        assertThat(team.read(rake).path("version").asInt()).isEqualTo(249);
        assertThat(team.read(sweep).path("status").asText()).isEqualTo("done");
        Api.Answer rejections = team.editor.api().get("/api/jobs/" + accepted.at("/id") + "/rejections?limit=1");
        assertThat(rejections.at("/items/0/number")).isEqualTo("249");
        assertThat(rejections.at("/items/0/problem/errors/0/pointer")).isEqualTo("/title");
        assertThat(rejections.at("/items/0/change/title")).hasSize(501);
        Api.Answer rest = team.editor
                .api()
                .get("/api/jobs/" + accepted.at("/id") + "/rejections?cursor=" + rejections.at("/nextCursor"));
        assertThat(rest.at("/items/0/problem/code")).isEqualTo("not-found");
        assertThat(rest.json().path("items")).hasSize(1);
    }

    @Test
    void theSameKeyIsTheSameJob() {
        Map<String, Object> changes = Map.of("changes", List.of(change(team.task("Rake"), Map.of("title", "Sweep"))));
        Api client = later(team.editor).header("Idempotency-Key", "once " + team.project);

        Api.Answer first = client.patch("/api/tasks", changes);
        Api.Answer second = client.patch("/api/tasks", changes);

        assertThat(second.status()).as(second.toString()).isEqualTo(202);
        assertThat(second.at("/id")).isEqualTo(first.at("/id"));
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void takesTenThousandAndNoMore() {
        Map<String, Object> one = change(team.task("Rake"), Map.of());
        Api client = later(team.editor);

        Api.Answer more = client.patch("/api/tasks", Map.of("changes", Collections.nCopies(10_001, one)));
        Api.Answer none = client.patch("/api/tasks", Map.of("changes", List.of()));

        assertThat(List.of(more, none))
                .allMatch(answer ->
                        answer.status() == 422 && answer.at("/errors/0/pointer").equals("/changes"));
    }

    @Test
    void tenThousandLongChangesAreAccepted() {
        Map<String, Object> one = change(team.task("Rake"), Map.of("description", "x".repeat(700)));

        Api.Answer accepted =
                later(team.editor).patch("/api/tasks", Map.of("changes", Collections.nCopies(10_000, one)));

        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        assertThat(team.editor.api().delete("/api/jobs/" + accepted.at("/id")).at("/state"))
                .isEqualTo("cancelled");
    }

    @Test
    void aJobIsOfWhoeverAskedForIt() {
        Job job = accepted(team.editor, team.task("Rake"), 1);
        String path = "/api/jobs/" + job.id().value();

        assertThat(team.editor.api().get(path).status()).isEqualTo(200);
        for (Api other : List.of(team.owner.api(), team.stranger.api())) {
            assertThat(other.get(path).status()).isEqualTo(404);
            assertThat(other.get(path + "/rejections").status()).isEqualTo(404);
            assertThat(other.delete(path).status()).isEqualTo(404);
        }
        assertThat(team.owner.api().get("/api/jobs").json().path("items")).isEmpty();
        assertThat(team.editor.api().get("/api/jobs").at("/items/0/id"))
                .isEqualTo(job.id().value().toString());
    }

    @Test
    void theRightIsCheckedWhenItTakesEffect() {
        String task = team.task("Rake");
        Job job = accepted(team.editor, task, 3);
        team.owner.api().put(team.path("/members/" + team.editor.id()), Map.of("role", "viewer"));

        runner.wake();

        JsonNode ended = ended(job.id().value().toString());
        assertThat(ended.path("rejected").asInt()).isEqualTo(3);
        assertThat(team.owner.api().get("/api/tasks/" + task).at("/title")).isEqualTo("Rake");
    }

    @Test
    void aCancelledJobIsNotDone() {
        String task = team.task("Rake");
        Job job = accepted(team.editor, task, 3);

        Api.Answer cancelled = team.editor.api().delete("/api/jobs/" + job.id().value());
        runner.wake();
        Job after = accepted(team.editor, task, 1);
        runner.wake();
        ended(after.id().value().toString());

        assertThat(cancelled.at("/state")).isEqualTo("cancelled");
        JsonNode left = team.editor.api().get("/api/jobs/" + job.id().value()).json();
        assertThat(left.path("state").asText()).isEqualTo("cancelled");
        assertThat(left.path("done").asInt()).isZero();
        assertThat(team.read(task).path("version").asInt()).isEqualTo(2);
    }

    @Test
    void twoRunsDoNothingTwice() {
        String task = team.task("Rake");
        Job job = accepted(team.editor, task, 300);
        TaskChangeRunner other = new TaskChangeRunner(store, team.clock);
        try {
            other.begin(runner.change());
            runner.wake();

            assertThat(ended(job.id().value().toString()).path("done").asInt()).isEqualTo(300);
            assertThat(team.read(task).path("version").asInt()).isEqualTo(301);
        } finally {
            other.end();
        }
    }

    @Test
    void whatADeadProcessLeftIsTakenOverAfterHalfAMinute() {
        String task = team.task("Rake");
        Job job = accepted(team.editor, task, 2);
        Instant now = team.clock.instant();
        UUID dead = Uuid7.next(team.clock);
        assertThat(store.take(job.id(), dead, now, now.plus(TaskChangeRunner.LEASE)))
                .isTrue();
        assertThat(store.take(job.id(), Uuid7.next(team.clock), now, now.plus(TaskChangeRunner.LEASE)))
                .isFalse();

        team.clock.advance(TaskChangeRunner.LEASE.plusSeconds(1));
        runner.wake();

        assertThat(ended(job.id().value().toString()).path("done").asInt()).isEqualTo(2);
        // Awake again, the dead one changes nothing.
        assertThat(store.begin(job.id(), dead, 0)).isFalse();
    }

    @Test
    void aJobIsKeptForThirtyDays() {
        Api.Answer accepted = later(team.editor)
                .patch("/api/tasks", Map.of("changes", List.of(change(team.task("Rake"), Map.of("title", "Broom")))));
        String path = "/api/jobs/" + accepted.at("/id");
        ended(accepted.at("/id"));

        team.clock.advance(TaskJobs.KEPT.minusMinutes(1));
        deleteOldJobs();
        Api.Answer kept = team.editor.api("UTC").get(path);
        team.clock.advance(Duration.ofMinutes(2));
        deleteOldJobs();

        assertThat(kept.status()).isEqualTo(200);
        assertThat(team.editor.api("UTC").get(path).status()).isEqualTo(404);
    }

    private void deleteOldJobs() {
        Api.Answer done =
                team.service("worker").post("/internal/tasks/jobs/delete-old-jobs", Map.of("run", System.nanoTime()));
        assertThat(done.status()).as(done.toString()).isEqualTo(200);
    }

    private static Map<String, Object> change(String task, Map<String, Object> change) {
        return Map.of("id", task, "change", change);
    }

    private static Api later(TestUser user) {
        return user.api().header("Prefer", "respond-async");
    }

    /// A job that nobody works on yet: each entry gives the task another title.
    private Job accepted(TestUser user, String task, int entries) {
        Caller caller = new Caller(
                user.id(), Caller.Kind.SESSION, new UUID(0, 0), Set.of(), false, "", Instant.MAX, TimeZones.UTC);
        return jobs.accept(
                caller,
                TimeZones.UTC,
                IntStream.range(0, entries)
                        .mapToObj(i -> new Job.Change(
                                i, new Task.Id(UUID.fromString(task)), null, "{\"title\": \"Number " + i + "\"}"))
                        .toList());
    }

    /// The job when it has ended.
    private JsonNode ended(String id) {
        String path = "/api/jobs/" + id;
        Eventually.within(
                SOON, () -> !team.editor.api().get(path).json().path("endedAt").isNull());
        return team.editor.api().get(path).json();
    }
}
