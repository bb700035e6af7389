package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.EventStream;
import tarn.testing.FaultProxy;
import tarn.testing.Program;
import tarn.testing.TestRedis;

/// Redis stops, hangs, is slow and forgets everything under 300 requests a second: all are served as
/// quickly as before, and who looks at a project is then what this process knows by itself.
@Tag("long")
class RedisFaultsProcessTest {

    private static final int PER_SECOND = 300;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MAX_P95 = Duration.ofMillis(20);

    /// Presence is told every 10 s at most.
    private static final Duration TOLD = Duration.ofSeconds(25);

    /// How long a worker is remembered to have named a user.
    private static final Duration NAMED = Duration.ofSeconds(12);

    private static final Map<String, FaultProxy.Behaviour> FAULTS = new LinkedHashMap<>();

    static {
        FAULTS.put("stopped", new FaultProxy.Refuse());
        FAULTS.put("hung", new FaultProxy.Blackhole());
        FAULTS.put("slow", new FaultProxy.Latency(Duration.ofMillis(200)));
    }

    private final UUID elsewhere = UUID.randomUUID();

    @Test
    void everyRequestIsServedAndPresenceIsLocal() throws Exception {
        try (TestRedis redis = TestRedis.start();
                FaultProxy network = FaultProxy.before(redis.url())) {
            Program program = Program.start(
                    Program.Topology.ONE,
                    Map.of(
                            "TARN_REDIS_URL",
                            network.url().toString(),
                            "TARN_RATE_LIMIT",
                            "100000",
                            "TEST_COVERAGE",
                            "none"));
            try {
                fail(program, redis.url(), network);
            } finally {
                program.remove();
            }
        }
    }

    private void fail(Program program, URI redis, FaultProxy network) {
        Api ada = Accounts.signedIn(Api.at(program.url()));
        String user = ada.get("/api/users/me").at("/id");
        String project = ada.post("/api/projects", Map.of("name", "Garden")).at("/id");
        HttpRequest read = HttpRequest.newBuilder(program.url().resolve("/api/projects/" + project))
                .header("Authorization", "Bearer " + token(ada))
                .timeout(Duration.ofSeconds(10))
                .build();
        try (OtherWorker _ = new OtherWorker(redis, project);
                EventStream live = ada.stream("/api/live?lookingAt=" + project)) {
            // A program that has just started answers slowly, and refuses what is too much for it.
            try (Requests warm = new Requests(read)) {
                LockSupport.parkNanos(WARM_UP.toNanos());
                awaitUsers(live, user, elsewhere.toString());
                warm.finish();
            }
            for (Map.Entry<String, FaultProxy.Behaviour> fault : FAULTS.entrySet()) {
                try (Requests requests = new Requests(read)) {
                    network.set(fault.getValue());
                    awaitUsers(live, user);
                    network.set(new FaultProxy.Passing());
                    awaitUsers(live, user, elsewhere.toString());
                    verify(fault.getKey(), requests);
                }
            }
            try (Requests requests = new Requests(read)) {
                for (int i = 0; i < 5; i++) {
                    ask(redis, "FLUSHALL");
                    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                }
                verify("flushed", requests);
            }
        }
    }

    private static String token(Api ada) {
        return ada.post("/api/tokens", Map.of("name", "load", "scopes", List.of("tasks:read")))
                .at("/secret");
    }

    private static void awaitUsers(EventStream live, String... users) {
        live.await(TOLD, event -> {
            List<String> told = new ArrayList<>();
            event.data().path("users").forEach((JsonNode user) -> told.add(user.asText()));
            return event.name().equals("presence") && told.size() == users.length && told.containsAll(List.of(users));
        });
    }

    private static void verify(String fault, Requests requests) {
        requests.finish();
        List<Duration> times = requests.times();
        Duration p95 = times.get(times.size() * 95 / 100);
        System.out.printf(
                "Redis %s: %d requests, p95 %d us, longest %d ms%n",
                fault,
                times.size(),
                TimeUnit.NANOSECONDS.toMicros(p95.toNanos()),
                times.getLast().toMillis());
        assertThat(requests.refused()).as("refused while Redis is %s", fault).isZero();
        assertThat(p95).as("p95 while Redis is %s", fault).isLessThanOrEqualTo(MAX_P95);
    }

    /// Names a user in Redis every second, as another worker does whose client looks at the project.
    private final class OtherWorker implements AutoCloseable {

        private final Thread thread;
        private volatile boolean ending;

        OtherWorker(URI redis, String project) {
            thread = Thread.ofVirtual().name("other-worker").start(() -> {
                while (!ending) {
                    long until = System.currentTimeMillis() + NAMED.toMillis();
                    ask(redis, "ZADD tarn:presence:" + project + ' ' + until + ' ' + elsewhere);
                    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                }
            });
        }

        @Override
        public void close() {
            ending = true;
            LockSupport.unpark(thread);
        }
    }

    /// Sends a command around the faulty network.
    private static void ask(URI redis, String command) {
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            assertThat(answer).isNotNull().doesNotStartWith("-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// One request over and over at a steady pace, whatever becomes of those before.
    private static final class Requests implements AutoCloseable {

        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final ConcurrentLinkedQueue<Duration> times = new ConcurrentLinkedQueue<>();
        private final AtomicInteger refused = new AtomicInteger();
        private final List<CompletableFuture<Void>> sent = new ArrayList<>();
        private final Thread thread;
        private volatile boolean ending;

        Requests(HttpRequest request) {
            thread = Thread.ofPlatform().name("requests").start(() -> {
                long next = System.nanoTime();
                while (!ending) {
                    LockSupport.parkNanos(next - System.nanoTime());
                    long due = next;
                    next += TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
                    sent.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                            .thenAccept(answer -> {
                                refused.addAndGet(answer.statusCode() == 200 ? 0 : 1);
                                times.add(Duration.ofNanos(System.nanoTime() - due));
                            }));
                }
            });
        }

        /// Sends no more, and waits for the answers.
        void finish() {
            close();
            sent.forEach(CompletableFuture::join);
        }

        /// How long each took, the quickest first.
        List<Duration> times() {
            return times.stream().sorted().toList();
        }

        int refused() {
            return refused.get();
        }

        @Override
        public void close() {
            ending = true;
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
