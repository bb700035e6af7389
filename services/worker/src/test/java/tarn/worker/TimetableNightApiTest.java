package tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.platform.Uuid7;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.Eventually;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FakeService.ReceivedRequest;
import tarn.testing.SettableClock;
import tarn.testing.SignedTokens;

/// The timetable in the morning, after a night in which the clock went from hour to hour.
@QuarkusTest
@WithTestResource(
        value = DatabaseResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "services", value = "worker"))
@WithTestResource(value = Owners.class, scope = TestResourceScope.GLOBAL)
final class TimetableNightApiTest {

    private static final String TIMETABLE = "/api/timetable";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NIGHT = Duration.ofHours(8);

    @Inject
    SignedTokens tokens;

    @Inject
    SettableClock clock;

    @Inject
    AdvancedClock workers;

    @Inject
    JobRunStore store;

    private final UUID user = UUID.randomUUID();
    private final Api here = Api.here();
    private Instant before;
    private LocalDate today;
    private Instant evening;

    @BeforeEach
    void beginTheEvening() {
        Owners.answer();
        before = clock.instant();
        today = before.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
        evening = today.atTime(22, 0).toInstant(ZoneOffset.UTC);
    }

    @AfterEach
    void setClocksBack() {
        clock.set(before);
        workers.reset();
    }

    @Test
    void everyDailyJobRanOnceAndSaysWhatItDid() {
        Owners.COUNTS.put("empty-trash", "{\"tasks\": 3}");
        Owners.DONE_BY_TEST.put("delete-run-records", this::doneByWorker);
        run(evening);
        UUID old = Uuid7.next(clock);
        Instant longAgo = evening.minus(Duration.ofDays(30));
        store.begin(old, "empty-trash", "w1", longAgo, longAgo, null);
        store.end(old, longAgo, JobRun.RunOutcome.SUCCEEDED, Map.of(), null);

        for (Duration hour = Duration.ofHours(1); hour.compareTo(NIGHT) <= 0; hour = hour.plusHours(1)) {
            run(evening.plus(hour));
        }

        JsonNode trash = onlyRun("empty-trash", "03:20");
        assertThat(trash.at("/counts/tasks").asInt())
                .as("3 of tasks and 3 of posts")
                .isEqualTo(6);
        assertThat(onlyRun("delete-run-records", "03:50").at("/counts/runs").asInt())
                .isPositive();
        assertThat(runs("empty-trash")).noneMatch(run -> run.path("id").asText().equals(old.toString()));
        List<Instant> due = runs("remove-expired").stream()
                .map(run -> Instant.parse(run.path("dueAt").asText()))
                .filter(evening::isBefore)
                .toList();
        assertThat(due).as("once an hour, as the clock went").hasSizeGreaterThanOrEqualTo(8);
        assertThat(due).doesNotHaveDuplicates();
    }

    /// Sets all clocks, and waits until everything that is due then is done.
    private void run(Instant time) {
        clock.set(time);
        workers.set(time);
        Eventually.within(
                SOON,
                () -> jobs().stream()
                        .allMatch(job -> job.path("nextAt").isTextual()
                                && Instant.parse(job.path("nextAt").asText()).isAfter(time)));
    }

    /// The one run of this night, which ended well; it is due again in a day.
    private JsonNode onlyRun(String job, String dailyAt) {
        List<JsonNode> runs = runs(job).stream()
                .filter(run -> Instant.parse(run.path("dueAt").asText()).isAfter(evening))
                .toList();
        assertThat(runs).as(job).hasSize(1);
        JsonNode run = runs.getFirst();
        Instant due = Instant.parse(run.path("dueAt").asText());
        assertThat(due).isEqualTo(today.plusDays(1) + "T" + dailyAt + ":00Z");
        assertThat(Instant.parse(run.path("startedAt").asText())).isAfterOrEqualTo(due);
        assertThat(run.path("endedAt").isTextual()).isTrue();
        assertThat(run.path("outcome").asText()).isEqualTo("succeeded");
        assertThat(run.path("error").isNull()).isTrue();
        assertThat(run.path("requestedBy").isNull()).isTrue();
        assertThat(jobs())
                .filteredOn(each -> each.path("name").asText().equals(job))
                .singleElement()
                .satisfies(each -> assertThat(Instant.parse(each.path("nextAt").asText()))
                        .isEqualTo(due.plus(Duration.ofDays(1))));
        return run;
    }

    private List<JsonNode> jobs() {
        return items(admin().get(TIMETABLE).json().path("jobs"));
    }

    private List<JsonNode> runs(String job) {
        return items(
                admin().get(TIMETABLE + '/' + job + "/runs?limit=100").json().path("items"));
    }

    private static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /// Access tokens last for five minutes.
    private Api admin() {
        return here.bearer(tokens.administrator(user));
    }

    private CannedAnswer doneByWorker(ReceivedRequest asked) {
        Api.Answer done = here.bearer(tokens.service("worker")).post(asked.path(), asked.body());
        return new CannedAnswer(done.status(), done.body());
    }
}
