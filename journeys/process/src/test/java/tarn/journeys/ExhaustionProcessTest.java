package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tarn.journeys.Attacks.Attack;
import tarn.testing.Api;
import tarn.testing.Program;

/// What anybody sends, Tarn does not end, others are answered meanwhile, and the memory is given back.
class ExhaustionProcessTest {

    private static final String PASSWORD = "correct horse battery staple 9";

    /// Of one process a minute after the last attack.
    private static final long MAX_RESIDENT_MB = 330;

    private static final int MEMORY_SECONDS = 60;

    /// How long 19 of 20 requests of another user may take, and all of them.
    ///
    /// @param alwaysServed whether none may be answered with 503 and when to try again
    private record Service(Duration usual, Duration longest, boolean alwaysServed) {}

    private static final Service PROMISED = new Service(Duration.ofSeconds(1), Duration.ofSeconds(5), true);

    /// Where other tests run on the same cores: answered at all, and in the end.
    private static final Service BESIDE_OTHERS = new Service(Duration.ofSeconds(20), Duration.ofSeconds(60), false);

    private static final Duration AFTERWARDS = Duration.ofSeconds(1);
    private static final int PAUSE_MILLISECONDS = 50;
    private static final int MIN_REQUESTS = 20;
    private static final Duration MAX_WATCH = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(Program.Topology.class)
    void theWorstAttacks(Program.Topology shape) {
        assertStands(shape, Attacks.all().stream().filter(Attack::worst).toList(), BESIDE_OTHERS);
    }

    @ParameterizedTest
    @EnumSource(Program.Topology.class)
    @Tag("long")
    void everyAttack(Program.Topology shape) {
        assertStands(shape, Attacks.all(), PROMISED);
    }

    private static void assertStands(Program.Topology shape, List<Attack> attacks, Service promised) {
        Map<String, String> environment = new HashMap<>(Program.WITHOUT_COVERAGE);
        environment.put("TARN_RATE_LIMIT", "1000000");
        Program program = Program.start(shape, environment);
        try {
            Api other = user(program, "other");
            Api own = user(program, "attacker");
            String project = projectWithLongTasks(own);
            String token = token(program, own);
            List<Long> processes = java(program);
            List<String> faults = new ArrayList<>();
            for (Attack attack : attacks) {
                long begin = System.nanoTime();
                Bystander bystander = new Bystander(other, promised);
                Attacker attacker = new Attacker(program.url(), token, project);
                List<String> imports = List.of();
                try (attacker) {
                    attack.action().accept(attacker);
                    bystander.watchFor(AFTERWARDS);
                    // What is accepted is worked on, and the next attack is not refused for it.
                    imports = attacker.awaitImports();
                } finally {
                    bystander.stop();
                }
                bystander.faults().forEach(fault -> faults.add(attack + ": " + fault));
                System.out.printf(
                        "%s %s: answers %s, imports %s, %d ms, resident %s MB, %s%n",
                        shape,
                        attack,
                        attacker.answers(),
                        imports,
                        millisecondsSince(begin),
                        resident(processes),
                        bystander);
                if (!java(program).equals(processes)) {
                    faults.add(attack + ": a process ended\n" + tail(program.output()));
                    break;
                }
            }
            if (!faults.isEmpty()) {
                // In one line, which is what a report of many tests shows.
                fail(String.join("; ", faults));
            }
            assertThat(program.output()).doesNotContain("OutOfMemoryError");
            assertThat(residentAfterRest(processes))
                    .allSatisfy(each -> assertThat(each).isLessThanOrEqualTo(MAX_RESIDENT_MB));
        } finally {
            program.remove();
        }
    }

    /// Another user, who goes on working during an attack.
    private static final class Bystander {
        private final Api api;
        private final Service promised;
        private final List<Long> milliseconds = Collections.synchronizedList(new ArrayList<>());
        private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());
        private final Thread thread;
        private volatile boolean watching = true;

        Bystander(Api api, Service promised) {
            this.api = api;
            this.promised = promised;
            this.thread = Thread.ofVirtual().start(this::work);
        }

        private void work() {
            while (watching) {
                long begin = System.nanoTime();
                try {
                    boolean write = milliseconds.size() % 2 == 0;
                    Api.Answer answer =
                            write ? api.post("/api/projects", Map.of("name", "Mine")) : api.get("/api/projects");
                    if (answer.status() >= 300 && (promised.alwaysServed() || !isLater(answer))) {
                        refusals.add(answer.toString());
                    }
                } catch (UncheckedIOException cut) {
                    refusals.add(cut.toString());
                }
                milliseconds.add(millisecondsSince(begin));
                Attacker.pause(PAUSE_MILLISECONDS);
            }
        }

        private static boolean isLater(Api.Answer answer) {
            return answer.status() == 503
                    && answer.headers().firstValue("Retry-After").isPresent();
        }

        /// At least so long, and until there are enough requests to say something about 19 of 20.
        void watchFor(Duration time) {
            long end = System.nanoTime() + MAX_WATCH.toNanos();
            Attacker.pause(time.toMillis());
            while (milliseconds.size() < MIN_REQUESTS && System.nanoTime() < end) {
                Attacker.pause(PAUSE_MILLISECONDS);
            }
        }

        void stop() {
            watching = false;
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        List<String> faults() {
            List<String> faults = new ArrayList<>(refusals);
            if (percentile(95) > promised.usual().toMillis()
                    || percentile(100) > promised.longest().toMillis()) {
                faults.add("another user waited: " + this);
            }
            return faults;
        }

        private long percentile(int percent) {
            List<Long> sorted = milliseconds.stream().sorted().toList();
            return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
        }

        @Override
        public String toString() {
            return milliseconds.size()
                    + " requests of another user, 95 %% within %d ms, all within %d ms"
                            .formatted(percentile(95), percentile(100));
        }
    }

    private static Api user(Program program, String name) {
        Api api = Api.at(program.url()).header("Origin", program.url().toString());
        Api.Answer answer =
                api.post("/api/users", Map.of("name", name, "email", name + "@example.org", "password", PASSWORD));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        if (answer.headers().allValues("Set-Cookie").isEmpty()) {
            answer = api.post("/api/sessions", Map.of("email", name + "@example.org", "password", PASSWORD));
        }
        String cookies = answer.headers().allValues("Set-Cookie").stream()
                .flatMap(line -> HttpCookie.parse(line).stream())
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return api.header("Cookie", cookies);
    }

    private static String token(Program program, Api user) {
        Api.Answer answer = user.post(
                "/api/tokens",
                Map.of(
                        "name",
                        "All",
                        "scopes",
                        List.of(
                                "calculations:run",
                                "posts:read",
                                "posts:write",
                                "tasks:read",
                                "tasks:write",
                                "users:read"),
                        "password",
                        PASSWORD));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        String token = answer.at("/secret");
        assertThat(Api.at(program.url()).bearer(token).get("/api/projects").status())
                .isEqualTo(200);
        return token;
    }

    private static String projectWithLongTasks(Api user) {
        String project = user.post("/api/projects", Map.of("name", "Large")).at("/id");
        for (int i = 0; i < 100; i++) {
            Api.Answer answer = user.post(
                    "/api/tasks", Map.of("projectId", project, "title", "Long", "description", "x".repeat(50_000)));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        }
        return project;
    }

    /// The processes of Tarn itself, without PostgreSQL's.
    private static List<Long> java(Program program) {
        return Stream.concat(Stream.of(program.process()), program.process().descendants())
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .map(ProcessHandle::pid)
                .sorted()
                .toList();
    }

    private static List<Long> residentAfterRest(List<Long> processes) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MEMORY_SECONDS);
        List<Long> resident = resident(processes);
        while (System.nanoTime() < until && resident.stream().anyMatch(each -> each > MAX_RESIDENT_MB)) {
            Attacker.pause(1_000);
            resident = resident(processes);
        }
        System.out.println("At rest: resident " + resident + " MB");
        return resident;
    }

    /// In MB, by process.
    private static List<Long> resident(List<Long> processes) {
        return processes.stream().map(ExhaustionProcessTest::resident).toList();
    }

    private static long resident(long process) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process)).start();
            String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return kilobytes.isEmpty() ? 0 : Long.parseLong(kilobytes) / 1024;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String tail(String output) {
        return output.substring(Math.max(0, output.length() - 2_000));
    }

    private static long millisecondsSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
