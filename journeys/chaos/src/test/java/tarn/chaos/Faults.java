package tarn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tarn.testing.Eventually;
import tarn.testing.Program;
import tarn.testing.Signal;

/// Kills processes of services and stops PostgreSQL in random order, one after the other: each must
/// be back before the next.
final class Faults {

    private static final Duration BACK = Duration.ofSeconds(30);

    /// A bound of liveness: 5 s are promised on two cores that nothing else uses, and printed.
    private static final Duration POSTGRES_BACK = Duration.ofSeconds(20);

    private static final Duration MAX_INTERVAL = Duration.ofSeconds(2);
    private static final String POSTGRES = "postgres";
    private static final List<String> SERVICES =
            List.of("worker", "identity", "tasks", "posts", "calculator", "gateway");

    /// Without these no task can be created.
    private static final Set<String> NEEDED = Set.of("identity", "tasks", "gateway", POSTGRES);

    private static final Pattern PAUSE = Pattern.compile("is started again in ([0-9]+) ms");

    /// Between a fault of what is needed and its return, by [System#nanoTime].
    private record Outage(long begin, long end) {}

    private final Program program;
    private final Random random;
    private final List<Outage> outages = new ArrayList<>();

    Faults(Program program, Random random) {
        this.program = program;
        this.random = random;
    }

    /// Begins faults until all have been or the time is over.
    ///
    /// @param kills of processes
    /// @param stops of PostgreSQL
    /// @return how many there were
    int run(int kills, int stops, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        int done = 0;
        for (String target : targets(kills, stops)) {
            if (System.nanoTime() > end) {
                break;
            }
            long begin = System.nanoTime();
            if (target.equals(POSTGRES)) {
                stopPostgres();
            } else {
                kill(target);
            }
            if (NEEDED.contains(target)) {
                outages.add(new Outage(begin, System.nanoTime()));
            }
            done++;
            LockSupport.parkNanos(random.nextLong(MAX_INTERVAL.toNanos()));
        }
        return done;
    }

    /// Random, but PostgreSQL second, which there is time for on a slow machine, or in the first half.
    private List<String> targets(int kills, int stops) {
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            targets.add(SERVICES.get(i % SERVICES.size()));
        }
        Collections.shuffle(targets, random);
        for (int i = 0; i < stops; i++) {
            targets.add(i == 0 ? 1 : 1 + random.nextInt(kills / 2), POSTGRES);
        }
        return targets;
    }

    /// Kills one process of a service and waits until another one answers in its place.
    private void kill(String service) {
        List<ProcessHandle> processes = program.processes(service);
        ProcessHandle victim = processes.get(random.nextInt(processes.size()));
        URI address =
                URI.create("http://127.0.0.1:" + Program.environment(victim).get("TARN_PORT") + "/health/ready");
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
    private void stopPostgres() throws IOException, InterruptedException {
        ProcessHandle postmaster = Objects.requireNonNull(program.postmaster());
        DatabaseLogin database = DatabaseLogin.of(program, "tasks");
        long begin = System.nanoTime();
        Signal.send("QUIT", postmaster);
        postmaster.onExit().join();

        Eventually.within(BACK, () -> {
            try (Connection connection = database.connect()) {
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

    /// Whether something needed for writes was away at this time, by [System#nanoTime].
    boolean isOutage(long nanos) {
        return outages.stream().anyMatch(outage -> nanos - outage.begin() >= 0 && nanos - outage.end() < 0);
    }

    /// How long something needed for writes was away.
    Duration outage() {
        return Duration.ofNanos(outages.stream()
                .mapToLong(outage -> outage.end() - outage.begin())
                .sum());
    }
}
