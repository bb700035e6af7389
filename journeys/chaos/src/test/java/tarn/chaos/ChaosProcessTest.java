package tarn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.Program;
import tarn.testing.Program.Topology;

/// Programs are killed and PostgreSQL is stopped while 300 tasks a second are created, each repeated
/// until it is acknowledged: none is lost, none is there twice, and the feed tells of each.
class ChaosProcessTest {

    private static final long SEED = System.nanoTime();
    private static final int WRITES_PER_SECOND = 300;
    private static final int PROJECTS = 20;
    private static final Duration BACK = Duration.ofSeconds(30);

    /// A bound of liveness: 5 s are promised on two cores that nothing else uses, and printed.
    private static final Duration POSTGRES_BACK = Duration.ofSeconds(20);

    private static final List<String> SERVICES =
            List.of("worker", "identity", "tasks", "posts", "calculator", "gateway");
    private static final String POSTGRES = "postgres";
    private static final Pattern PAUSE = Pattern.compile("is started again in ([0-9]+) ms");
    private static final String PASSWORD = "granite lake 42 northwind";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1", "TARN_RATE_LIMIT", "100000", "TEST_COVERAGE", "none");

    private final Random random = new Random(SEED);

    @Test
    void nothingIsLostInAMinute() throws Exception {
        chaos(Program.start(Topology.SPLIT, ENVIRONMENT), 6, 1);
    }

    @Test
    @Tag("long")
    void nothingIsLostInFiftyKills() throws Exception {
        chaos(Program.start(Topology.SPLIT, ENVIRONMENT), 50, 5);
    }

    @Test
    @Tag("long")
    void nothingIsLostWithTwoOfEverything() throws Exception {
        chaos(Program.startTwoOfEach(ENVIRONMENT), 12, 1);
    }

    private void chaos(Program program, int kills, int stops) throws Exception {
        System.out.println("Chaos, seed " + SEED);
        try {
            Api ada = signedIn(program);
            String token = token(ada);
            List<String> projects = new ArrayList<>();
            for (int i = 0; i < PROJECTS; i++) {
                projects.add(ada.post("/api/projects", Map.of("name", "Project " + i))
                        .at("/id"));
            }
            Map<String, String> worker = program.environment("worker");
            try (FeedReader feed = new FeedReader(
                            value(worker, "TARN_DATABASE_URL"), value(worker, "TARN_WORKER_DATABASE_PASSWORD"));
                    Load load = new Load(
                            program.gateways(), WRITES_PER_SECOND, true, number -> write(token, projects, number))) {
                for (String target : targets(kills, stops)) {
                    if (target.equals(POSTGRES)) {
                        stopPostgres(program);
                    } else {
                        kill(program, target);
                    }
                    LockSupport.parkNanos(random.nextLong(Duration.ofSeconds(2).toNanos()));
                }
                assertThat(load.finish(Duration.ofSeconds(60))).as("not done").isZero();
                System.out.println("Acknowledged " + load.answered().size() + ", attempts " + load.outcomes());
                verify(program, load, feed);
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

    /// What is killed or stopped, in random order, PostgreSQL never first.
    private List<String> targets(int kills, int stops) {
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            targets.add(SERVICES.get(i % SERVICES.size()));
        }
        Collections.shuffle(targets, random);
        for (int i = 0; i < stops; i++) {
            targets.add(1 + random.nextInt(targets.size()), POSTGRES);
        }
        return targets;
    }

    /// Kills one process of a service and waits until another one answers in its place.
    private void kill(Program program, String service) {
        List<ProcessHandle> processes = program.processes(service);
        ProcessHandle victim = processes.get(random.nextInt(processes.size()));
        URI address =
                URI.create("http://127.0.0.1:" + value(Program.environment(victim), "TARN_PORT") + "/health/ready");
        int said = program.output().length();
        long begin = System.nanoTime();
        victim.destroyForcibly();
        victim.onExit().join();

        Eventually.within(BACK.plus(BACK), () -> isReady(address));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Matcher pauses = PAUSE.matcher(program.output().substring(said));
        Duration pause = pauses.find() ? Duration.ofMillis(Long.parseLong(pauses.group(1))) : Duration.ZERO;
        System.out.println("Killed " + service + ": back after " + took + ", pause " + pause);
        assertThat(took).as("%s answers again", service).isLessThan(BACK.plus(pause));
    }

    /// Stops PostgreSQL as `pg_ctl stop -m immediate` does, and waits until it takes connections.
    private static void stopPostgres(Program program) throws IOException, InterruptedException {
        ProcessHandle postmaster = Objects.requireNonNull(program.postmaster());
        Map<String, String> tasks = program.environment("tasks");
        long begin = System.nanoTime();
        assertThat(new ProcessBuilder("kill", "-QUIT", Long.toString(postmaster.pid()))
                        .start()
                        .waitFor())
                .isZero();
        postmaster.onExit().join();

        Eventually.within(BACK, () -> {
            try (Connection connection = connect(tasks)) {
                return connection.isValid(1);
            } catch (SQLException away) {
                return false;
            }
        });
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("Stopped PostgreSQL: back after " + took);
        assertThat(took).as("PostgreSQL is back").isLessThan(POSTGRES_BACK);
    }

    private static boolean isReady(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void verify(Program program, Load load, FeedReader feed) throws Exception {
        Map<String, String> acknowledged = new HashMap<>();
        for (Map.Entry<Integer, String> answer : load.answered().entrySet()) {
            acknowledged.put(
                    new ObjectMapper().readTree(answer.getValue()).path("id").asText(), "w" + answer.getKey());
        }
        try (Connection connection = connect(program.environment("tasks"));
                Statement statement = connection.createStatement()) {
            Map<String, String> stored = new HashMap<>();
            try (ResultSet rows = statement.executeQuery("select id, title from tasks.task")) {
                while (rows.next()) {
                    stored.put(rows.getString(1), rows.getString(2));
                }
            }
            assertThat(acknowledged).as("acknowledged").hasSizeGreaterThan(1_000);
            assertThat(stored).as("stored").containsAllEntriesOf(acknowledged);
            assertThat(stored.values()).as("titles").doesNotHaveDuplicates();
            try (ResultSet rows = statement.executeQuery("select count(*) from (select 1 from tasks.outbox"
                    + " where type = 'task.created' group by aggregate_id having count(*) > 1) as twice")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).as("events that are there twice").isZero();
            }
        }
        Set<String> told = feed.created();
        Eventually.within(Duration.ofSeconds(20), () -> told.containsAll(acknowledged.keySet()));
    }

    private static Connection connect(Map<String, String> tasks) throws SQLException {
        return DriverManager.getConnection(
                value(tasks, "TARN_DATABASE_URL"), "tarn_tasks", value(tasks, "TARN_TASKS_DATABASE_PASSWORD"));
    }

    private static String value(Map<String, String> variables, String name) {
        return Objects.requireNonNull(variables.get(name), name);
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
        Api.Answer made = ada.post("/api/tokens", Map.of("name", "chaos", "scopes", List.of("tasks:write")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.at("/secret");
    }
}
