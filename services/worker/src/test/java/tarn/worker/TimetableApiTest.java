package tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tarn.platform.Uuid7;
import tarn.platform.redis.SharedRedis;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.Eventually;
import tarn.testing.SettableClock;
import tarn.testing.SignedTokens;
import tarn.testing.TestDatabase;

@QuarkusTest
@WithTestResource(
        value = DatabaseResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "services", value = "worker"))
@WithTestResource(value = Owners.class, scope = TestResourceScope.GLOBAL)
final class TimetableApiTest {

    private static final String TIMETABLE = "/api/timetable";
    private static final String EXPIRED = TIMETABLE + "/remove-expired";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    SignedTokens tokens;

    @Inject
    SettableClock clock;

    @Inject
    JobRunStore store;

    @Inject
    Timetable timetable;

    @Inject
    ScheduleStore schedules;

    @Inject
    JobRunner runner;

    @Inject
    SharedRedis redis;

    @Inject
    MeterRegistry metrics;

    @Inject
    FeedLagMeter lags;

    private final UUID user = UUID.randomUUID();
    private Api admin;

    @BeforeEach
    void signIn() {
        Owners.answer();
        admin = Api.here().bearer(tokens.administrator(user));
        admin.delete(EXPIRED + "/pause");
        // Every job is due at the start: what a test sees is what it asks for.
        Eventually.within(
                SOON,
                () -> jobs().values().stream()
                        .allMatch(job -> job.path("every").isNull()
                                || job.at("/lastRun/outcome").isTextual()));
    }

    @AfterEach
    void forgetOtherWorkers() throws SQLException {
        change("delete from worker.heartbeat where worker in ('frozen', 'gone', 'slow')");
    }

    private Map<String, JsonNode> jobs() {
        Map<String, JsonNode> jobs = new LinkedHashMap<>();
        admin.get(TIMETABLE)
                .json()
                .path("jobs")
                .forEach(job -> jobs.put(job.path("name").asText(), job));
        return jobs;
    }

    private JsonNode job(String name) {
        return Objects.requireNonNull(jobs().get(name));
    }

    private JsonNode runOnce() {
        return runOnce("remove-expired");
    }

    private JsonNode runOnce(String job) {
        String runs = TIMETABLE + '/' + job + "/runs";
        String before = latest(runs).path("id").asText();
        // The end of a run is known a little before the scheduler lets go of its job.
        Eventually.within(SOON, () -> admin.post(runs).status() == 202);
        Eventually.within(
                SOON,
                () -> !latest(runs).path("id").asText().equals(before)
                        && latest(runs).path("outcome").isTextual());
        return latest(runs);
    }

    private JsonNode latest(String runs) {
        return admin.get(runs).json().at("/items/0");
    }

    @Test
    void saysOfEveryJobWhatItDoesWhenItIsDueAndWhatItDid() {
        JsonNode expired = job("remove-expired");

        assertThat(jobs().keySet())
                .containsExactlyElementsOf(
                        timetable.jobs().stream().map(RecurringJob::name).toList());
        assertThat(expired.path("description").asText()).startsWith("Deletes sessions");
        assertThat(expired.path("every").asText()).isEqualTo("PT10M");
        assertThat(expired.path("dailyAt").isNull()).isTrue();
        assertThat(expired.path("nextAt").asText()).isNotEmpty();
        assertThat(job("delete-run-records").path("dailyAt").asText()).isEqualTo("03:50");
    }

    @Test
    void saysWhichWorkersLive() throws SQLException {
        change("insert into worker.heartbeat (worker, at, host, version, jobs)"
                + " values ('frozen', now() - interval '16 seconds', 'host', '1', '{}')");

        Eventually.within(
                SOON, () -> admin.get(TIMETABLE).json().path("workers").size() == 1);
        JsonNode worker = admin.get(TIMETABLE).json().at("/workers/0");
        assertThat(worker.path("host").asText()).isNotEmpty();
        assertThat(worker.path("version").asText()).isNotEmpty();
        assertThat(worker.path("runningJobs").isArray()).isTrue();
        assertThat(Api.here().get("/health/ready").body()).contains("heartbeat");
    }

    @Test
    void saysItInRedisTooWhereItExpires() throws Exception {
        Eventually.within(
                SOON,
                () -> redis(Request.cmd(Command.EXISTS).arg(Heartbeats.KEY)).toInteger() == 1);

        JsonNode heartbeat = new ObjectMapper()
                .readTree(redis(Request.cmd(Command.GET).arg(Heartbeats.KEY)).toString());
        assertThat(heartbeat.fieldNames()).toIterable().containsExactly("time", "host", "version", "runningJobs");
        assertThat(Instant.parse(heartbeat.path("time").asText())).isBefore(Instant.MAX);
        assertThat(redis(Request.cmd(Command.TTL).arg(Heartbeats.KEY)).toInteger())
                .isBetween(1, 15);
    }

    private Response redis(Request command) {
        return Objects.requireNonNull(redis.send(command).join());
    }

    @Test
    void schedulesByTheTimeOfTheDatabaseAndNotItsOwn() {
        Instant strange = Instant.parse("2001-01-01T00:00:00Z");
        DatabaseClock clock = new DatabaseClock(() -> strange);

        assertThat(clock.now()).isBetween(strange, strange.plusSeconds(5));
        assertThat(clock.now()).isBetween(strange, strange.plusSeconds(5));
    }

    @Test
    void recordsWhatARunDidAndWhoAskedForIt() {
        Owners.COUNTS.put("remove-expired", "{\"sessions\": 3}");

        JsonNode run = runOnce();

        assertThat(run.path("outcome").asText()).isEqualTo("succeeded");
        assertThat(run.at("/counts/sessions").asInt()).isEqualTo(3);
        assertThat(run.path("requestedBy").asText()).isEqualTo(user.toString());
        assertThat(run.path("error").isNull()).isTrue();
    }

    @Test
    void aRunThatFailsSaysWhy() {
        Owners.DOWN.add("identity");

        JsonNode run = runOnce();

        assertThat(run.path("outcome").asText()).isEqualTo("failed");
        assertThat(run.path("error").asText()).isEqualTo("The service identity answered 422: The rows are odd.");
    }

    @Test
    void aRunThatItsOwnerRefusesAsReplacedSaysSo() {
        Owners.TAKEN_OVER.add("remove-expired");

        JsonNode run = runOnce();

        assertThat(run.path("outcome").asText()).isEqualTo("failed");
        assertThat(run.path("error").asText()).isEqualTo("Another worker has taken the job over.");
    }

    @Test
    @Tag("long")
    void aJobOfAWorkerThatHasEndedIsRunByAnother() throws SQLException {
        String before = admin.get(EXPIRED + "/runs").at("/items/0/id");
        // What a worker leaves that ended in the middle of a job, a moment too short ago.
        change("update worker.scheduled_tasks set picked = true, picked_by = 'ended', execution_time = now(),"
                + " last_heartbeat = now() - interval '10 seconds' where task_name = 'remove-expired'");

        Eventually.within(
                Duration.ofSeconds(30),
                () -> !admin.get(EXPIRED + "/runs").at("/items/0/id").equals(before));
    }

    @Test
    void everyRunHasAHigherNumber() {
        runOnce();
        runOnce();

        List<Long> numbers = Owners.asked("remove-expired")
                .map(asked -> Long.parseLong(asked.body().replaceAll(".*\"run\":(\\d+).*", "$1")))
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aPausedJobRunsOnlyWhenItIsAskedFor() throws SQLException {
        Api.Answer paused = admin.put(EXPIRED + "/pause");
        assertThat(paused.at("/pausedBy")).isEqualTo(user.toString());
        assertThat(paused.json().path("nextAt").isNull()).isTrue();
        long before = Owners.asked("remove-expired").count();

        change("update worker.scheduled_tasks set execution_time = now() - interval '1 minute'"
                + " where task_name = 'remove-expired'");
        Eventually.within(
                SOON, () -> Instant.parse(due()).isAfter(clock.instant().plus(Duration.ofMinutes(5))));
        assertThat(Owners.asked("remove-expired").count()).isEqualTo(before);

        assertThat(runOnce().path("outcome").asText()).isEqualTo("succeeded");
        assertThat(admin.delete(EXPIRED + "/pause").status()).isEqualTo(204);
        assertThat(job("remove-expired").path("pausedAt").isNull()).isTrue();
    }

    @Test
    void aRunThatHasBeenReplacedIsLostAndChangesNothingOfTheOther() {
        UUID first = Uuid7.next(clock);
        store.begin(first, "frozen", "w1", clock.instant(), clock.instant(), null);
        UUID second = Uuid7.next(clock);
        store.begin(second, "frozen", "w2", clock.instant(), clock.instant(), null);
        store.end(second, clock.instant(), JobRun.RunOutcome.SUCCEEDED, Map.of("rows", 1), null);

        store.end(first, clock.instant(), JobRun.RunOutcome.SUCCEEDED, Map.of("rows", 1), null);

        assertThat(store.of("frozen", null, null).items())
                .extracting(JobRun::outcome)
                .containsExactly(JobRun.RunOutcome.SUCCEEDED, JobRun.RunOutcome.LOST);
    }

    @Test
    void aWorkerThatFrozeBetweenPickAndBeginDoesNotRunWhatAnotherHasTaken() throws SQLException {
        List<Long> runs = new ArrayList<>();
        RecurringJob job = new RecurringJob("seized", JobSchedule.everyMinutes(1), "Tries.", (run, _) -> runs.add(run));
        ScheduleStore.Pick frozen = new ScheduleStore.Pick("seized", "one", clock.instant(), "frozen", 5);
        ScheduleStore.Pick other = new ScheduleStore.Pick("seized", "one", clock.instant(), "other", 6);
        change(
                "insert into worker.scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,"
                        + " last_heartbeat, version) values ('seized', 'one', now() + interval '1 day', true, 'frozen', now(), 5)");

        change("update worker.scheduled_tasks set picked_by = 'other', version = 6 where task_name = 'seized'");
        runner.run(job, frozen);
        assertThat(runs).isEmpty();
        runner.run(job, other);
        change("delete from worker.scheduled_tasks where task_name = 'seized'");
        runner.run(job, frozen);

        assertThat(runs).hasSize(1);
        assertThat(store.of("seized", null, null).items())
                .extracting(JobRun::outcome)
                .containsExactly(JobRun.RunOutcome.SUCCEEDED);
    }

    @Test
    void aRunThatFailsKeepsTheCountsItHasReached() {
        Owners.COUNTS.put("empty-trash", "{\"tasks\": 7}");
        Owners.DOWN.add("posts");

        JsonNode run = runOnce("empty-trash");

        assertThat(run.path("outcome").asText()).isEqualTo("failed");
        assertThat(run.at("/counts/tasks").asInt()).isEqualTo(7);
    }

    @Test
    void aRunOfAWorkerThatIsGoneIsLostWhileItsJobIsPaused() throws SQLException {
        change("insert into worker.heartbeat (worker, at, host, version, jobs)"
                + " values ('gone', now() - interval '31 seconds', 'host', '1', '{}'),"
                + " ('slow', now() + interval '1 hour', 'host', '1', '{}') on conflict do nothing");
        UUID gone = begun("of the gone", "gone");
        begun("of the slow", "slow");
        begun("of the nameless", "never seen");

        Eventually.within(
                SOON,
                () -> outcome("of the gone") == JobRun.RunOutcome.LOST
                        && outcome("of the nameless") == JobRun.RunOutcome.LOST);
        assertThat(outcome("of the slow")).isNull();

        store.end(gone, clock.instant(), JobRun.RunOutcome.SUCCEEDED, Map.of("rows", 1), null);
        assertThat(outcome("of the gone")).isEqualTo(JobRun.RunOutcome.SUCCEEDED);
    }

    private UUID begun(String job, String worker) {
        UUID id = Uuid7.next(clock);
        store.begin(id, job, worker, clock.instant(), clock.instant(), null);
        return id;
    }

    private JobRun.@Nullable RunOutcome outcome(String job) {
        return store.of(job, null, null).items().getFirst().outcome();
    }

    @Test
    void postsGoWhenTheirTaskOrProjectIsGoneForGood() throws SQLException {
        UUID task = UUID.randomUUID();
        UUID project = UUID.randomUUID();
        change(purge("task", task) + ';' + purge("project", project) + ';' + purge("item", project));

        Eventually.within(SOON, () -> Owners.purged().anyMatch(body -> body.contains(task.toString())));
        Eventually.within(SOON, () -> Owners.purged().anyMatch(body -> body.contains(project.toString())));
    }

    private static void change(String statement) throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.url());
                Statement change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    /// When the job is due, which nobody is told while it is paused.
    private String due() {
        return String.valueOf(schedules.due().get("remove-expired"));
    }

    private static String purge(String noun, UUID id) {
        return ("insert into worker.outbox (id, type, schema, aggregate_type, aggregate_id, occurred_at, payload)"
                        + " values (gen_random_uuid(), '%1$s.purged', 1, '%1$s', '%2$s', now(), '{}')")
                .formatted(noun, id);
    }

    @Test
    void howFarConsumersAreBehindIsMeasuredWhetherOrNotTheyRead() throws SQLException {
        UUID task = UUID.randomUUID();
        Owners.DOWN.add("posts");
        change(purge("task", task));
        Eventually.within(SOON, () -> Owners.purged().anyMatch(body -> body.contains(task.toString())));
        lags.measure();

        for (String consumer : List.of("worker", "lake")) {
            assertThat(lag("tarn.feed.lag", consumer)).as(consumer).isPositive();
            assertThat(lag("tarn.feed.lag.events", consumer)).as(consumer).isGreaterThanOrEqualTo(1);
        }
        Owners.answer();
        Eventually.within(SOON, () -> {
            lags.measure();
            return lag("tarn.feed.lag", "worker") == 0 && lag("tarn.feed.lag.events", "worker") == 0;
        });
        assertThat(lag("tarn.feed.lag.events", "lake"))
                .as("nobody reads for the lake yet")
                .isGreaterThanOrEqualTo(1);
    }

    private double lag(String metric, String consumer) {
        return metrics.get(metric).tag("consumer", consumer).gauge().value();
    }

    @Test
    void aJobThatIsNotThereIsNotFound() {
        assertThat(admin.get(TIMETABLE + "/nothing/runs").code()).isEqualTo("not-found");
        assertThat(admin.post(TIMETABLE + "/nothing/runs").code()).isEqualTo("not-found");
        assertThat(admin.put(TIMETABLE + "/nothing/pause").code()).isEqualTo("not-found");
    }

    @Test
    void onlyAdministratorsMay() {
        Api ada = Api.here().bearer(tokens.session(UUID.randomUUID()));

        assertThat(ada.get(TIMETABLE).status()).isEqualTo(403);
        assertThat(ada.post(EXPIRED + "/runs").status()).isEqualTo(403);
        assertThat(ada.put(EXPIRED + "/pause").status()).isEqualTo(403);
        assertThat(Api.here().get(TIMETABLE).status()).isEqualTo(401);
    }

    @Test
    void recordsAreDeletedAfterThirtyDays() {
        JobRunStore.Begun old = store.begin(
                Uuid7.next(clock),
                "old",
                "w1",
                clock.instant().minus(Duration.ofDays(31)),
                clock.instant().minus(Duration.ofDays(31)),
                null);

        Api.Answer deleted = Api.here()
                .bearer(tokens.service("worker"))
                .post("/internal/worker/jobs/delete-run-records", Map.of("run", old.number()));

        assertThat(deleted.at("/counts/runs")).isEqualTo("1");
        assertThat(store.of("old", null, null).items()).isEmpty();
    }
}
