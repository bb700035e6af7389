package tarn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.Program;
import tarn.testing.Program.Topology;

/// Programs are killed and PostgreSQL is stopped while 300 tasks a second are created, each repeated
/// until it is acknowledged: none is lost, none is there twice, and the feed and a live stream tell
/// of each once.
class ChaosProcessTest {

    private static final long SEED = System.nanoTime();
    private static final int WRITES_PER_SECOND = 300;

    /// Acknowledged on average while all that writes need is there: a tenth of what two slow cores do.
    private static final int MIN_WRITES_PER_SECOND = 15;

    /// Written before the clock starts, by programs that have just started.
    private static final int WARM_UP_WRITES = 1_000;

    private static final int PROJECTS = 20;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PASSWORD = "granite lake 42 northwind";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1", "TARN_RATE_LIMIT", "100000", "TEST_COVERAGE", "none");

    @Test
    void nothingIsLostInAMinute() throws Exception {
        chaos(Program.start(Topology.SPLIT, ENVIRONMENT), 6, 1, Duration.ofSeconds(55), 2);
    }

    @Test
    @Tag("long")
    void nothingIsLostInFiftyKills() throws Exception {
        chaos(Program.start(Topology.SPLIT, ENVIRONMENT), 50, 5, Duration.ofMinutes(9), 20);
    }

    @Test
    @Tag("long")
    void nothingIsLostWithTwoOfEverything() throws Exception {
        chaos(Program.startTwoOfEach(ENVIRONMENT), 12, 1, Duration.ofMinutes(3), 5);
    }

    /// @param limit of the time in which faults begin
    /// @param least number of faults that a slow machine has time for
    private static void chaos(Program program, int kills, int stops, Duration limit, int least) throws Exception {
        System.out.println("Chaos, seed " + SEED);
        try {
            Api ada = signedIn(program);
            String token = token(ada);
            List<String> projects = new ArrayList<>();
            for (int i = 0; i < PROJECTS; i++) {
                projects.add(ada.post("/api/projects", Map.of("name", "Project " + i))
                        .at("/id"));
            }
            List<Api> gateways = program.gateways().stream()
                    .map(gateway -> Api.at(gateway).bearer(token))
                    .toList();
            try (FeedReader feed = new FeedReader(DatabaseLogin.of(program, "worker"));
                    LiveReader live = new LiveReader(gateways, "/api/live")) {
                Eventually.within(SOON, () -> !live.events().isEmpty());
                try (Load load = new Load(
                        program.gateways(), WRITES_PER_SECOND, true, number -> write(token, projects, number))) {
                    Eventually.within(SOON, () -> load.acknowledged().size() >= WARM_UP_WRITES);
                    Faults faults = new Faults(program, new Random(SEED));
                    long begin = System.nanoTime();
                    int done = faults.run(kills, stops, limit);
                    long end = System.nanoTime();

                    assertThat(load.finish(SOON)).as("not done").isZero();
                    System.out.println("Faults " + done + " of " + (kills + stops) + " in "
                            + Duration.ofNanos(end - begin) + ", acknowledged "
                            + load.acknowledged().size() + ", attempts " + load.outcomes());
                    assertThat(done).as("faults").isGreaterThanOrEqualTo(least);
                    verifyPace(load, faults, begin, end);
                    verify(program, load, feed, live);
                }
            }
            assertThat(program.stop()).isEqualTo(143);
        } finally {
            program.remove();
        }
    }

    private static HttpRequest.Builder write(String token, List<String> projects, int number) {
        String body = "{\"projectId\": \"" + projects.get(number % PROJECTS) + "\", \"title\": \"w" + number + "\"}";
        return HttpRequest.newBuilder(URI.create("http://any/api/tasks"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "chaos-" + number)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static void verifyPace(Load load, Faults faults, long begin, long end) {
        long writes = load.acknowledged().values().stream()
                .mapToLong(Load.Acknowledgement::nanos)
                .filter(nanos -> nanos - begin >= 0 && nanos - end < 0 && !faults.isOutage(nanos))
                .count();
        Duration time = Duration.ofNanos(end - begin).minus(faults.outage());
        long perSecond = writes * 1_000 / Math.max(1, time.toMillis());
        System.out.println("Outages " + faults.outage() + "; beside them " + time + " with " + perSecond
                + " acknowledged writes a second");
        assertThat(perSecond).as("acknowledged writes a second").isGreaterThanOrEqualTo(MIN_WRITES_PER_SECOND);
    }

    private static void verify(Program program, Load load, FeedReader feed, LiveReader live) throws SQLException {
        Map<String, String> acknowledged = new HashMap<>();
        load.acknowledged().forEach((number, answer) -> acknowledged.put(answer.id(), "w" + number));
        Map<String, String> stored = new HashMap<>();
        Map<String, Long> transactions = new HashMap<>();
        List<String> created = new ArrayList<>();
        try (Connection connection = DatabaseLogin.of(program, "tasks").connect();
                Statement sql = connection.createStatement()) {
            try (ResultSet rows = sql.executeQuery("select id, title from tasks.task")) {
                while (rows.next()) {
                    stored.put(rows.getString(1), rows.getString(2));
                }
            }
            try (ResultSet rows =
                    sql.executeQuery("select aggregate_id, tx::text from tasks.outbox where type = 'task.created'")) {
                while (rows.next()) {
                    created.add(rows.getString(1));
                    transactions.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        assertThat(stored).as("stored").containsAllEntriesOf(acknowledged);
        assertThat(stored.values()).as("titles").doesNotHaveDuplicates();
        assertThat(created).as("events").doesNotHaveDuplicates();
        assertThat(transactions.keySet()).as("tasks with an event").isEqualTo(stored.keySet());
        verifyFeed(program, feed);
        verifyLive(live, transactions);
    }

    private static void verifyFeed(Program program, FeedReader feed) throws SQLException {
        Set<FeedReader.OutboxPosition> written = new HashSet<>();
        try (Connection connection = DatabaseLogin.of(program, "worker").connect();
                Statement sql = connection.createStatement()) {
            for (String outbox : FeedReader.OUTBOXES) {
                try (ResultSet rows = sql.executeQuery("select seq from " + outbox + ".outbox")) {
                    while (rows.next()) {
                        written.add(new FeedReader.OutboxPosition(outbox, rows.getLong(1)));
                    }
                }
            }
        }
        Eventually.within(SOON, () -> feed.applied().containsAll(written));
        System.out.println("Feed: " + feed.applied().size() + " events, doubled " + feed.doubled());
        assertThat(feed.doubled()).as("events applied twice").isZero();
    }

    private static void verifyLive(LiveReader live, Map<String, Long> transactions) {
        LiveDeliveries deliveries = new LiveDeliveries(live.connections(), transactions);
        Eventually.within(SOON, () -> deliveries.missing().isEmpty());
        System.out.println("Live: " + live.events().size() + " events in "
                + live.connections().size() + " streams, resets " + deliveries.resets() + ", repeated "
                + deliveries.repeated().size());
        assertThat(deliveries.repeated())
                .as("told again after its position was sent")
                .isEmpty();
    }

    private static Api signedIn(Program program) {
        Api anonymous = Api.at(program.url());
        Map<String, String> ada = Map.of("name", "ada", "email", "ada@example.test", "password", PASSWORD);
        assertThat(anonymous.post("/api/users", ada).status()).isEqualTo(201);
        return anonymous.bearer(anonymous
                .post("/api/sessions", Map.of("email", "ada@example.test", "password", PASSWORD, "grant", "token"))
                .at("/accessToken"));
    }

    /// A personal access token, which does not expire while the test runs.
    private static String token(Api ada) {
        Api.Answer made =
                ada.post("/api/tokens", Map.of("name", "chaos", "scopes", List.of("tasks:read", "tasks:write")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.at("/secret");
    }
}
