package tarn.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.platform.problem.Refusal;
import tarn.testing.Eventually;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FaultProxy;
import tarn.testing.SettableClock;

/// What a caller meets when the network or the other service fails.
final class ServiceClientFaultsTest {

    private static final String THING = "{\"name\":\"tea\"}";

    private record Thing(String name) {}

    private final FakeService tasks = new FakeService();
    private final FaultProxy network = FaultProxy.before(tasks.url());
    private final ServiceClients clients = clients(network.url());
    private final ServiceClient client = clients.of("worker");
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void connect() {
        tasks.on("GET", "/things/", _ -> CannedAnswer.ok(THING)).on("POST", "/things", _ -> CannedAnswer.ok(THING));
        // The first call of a JVM loads half of its classes.
        client.to("tasks").anonymously().within(CallTimeout.NEEDED).get("/things/tea", Thing.class);
    }

    @AfterEach
    void stop() {
        clients.close();
        http.shutdownNow();
        network.close();
        tasks.close();
    }

    @Test
    void endsWithItsPatienceWhenNothingComes() {
        network.set(new FaultProxy.Blackhole());

        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            took.add(refused());
        }

        assertThat(took).allMatch(time -> time.compareTo(Duration.ofMillis(150)) >= 0);
        // The fastest of four: a busy machine delays single requests.
        assertThat(took.stream().min(Duration::compareTo).orElseThrow()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void leavesASilentServiceAloneAndFindsItAgain() {
        network.set(new FaultProxy.Blackhole());
        // Refused at once, without waiting for anything.
        Eventually.within(Duration.ofSeconds(5), () -> refused().compareTo(Duration.ofMillis(75)) < 0);

        network.set(new FaultProxy.Passing());
        Eventually.within(Duration.ofSeconds(5), this::answers);
    }

    @Test
    void returnsThreadsAndConnectionsToWhereTheyWere() throws Exception {
        int connections = network.open();
        int threads = Thread.getAllStackTraces().size();
        network.set(new FaultProxy.Blackhole());
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Duration>> calls = Collections.nCopies(40, this::refused);
            for (Future<Duration> one : crowd.invokeAll(calls)) {
                one.get();
            }
        }
        network.set(new FaultProxy.Passing());
        Eventually.within(Duration.ofSeconds(5), this::answers);

        Eventually.within(Duration.ofSeconds(5), () -> network.open() <= connections);
        // Carriers of virtual threads may have been added.
        assertThat(Thread.getAllStackTraces().size() - threads)
                .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors() + 2);
    }

    @Test
    void repeatsWhatFailsQuicklyAndDoesNoHarmTwice() {
        AtomicInteger asked = new AtomicInteger();
        tasks.on("GET", "/things/", _ -> asked.incrementAndGet() <= 2 ? CannedAnswer.of(503) : CannedAnswer.ok(THING));

        assertThat(answers(needed())).isTrue();
        assertThat(asked).hasValue(3);
    }

    @Test
    void repeatsTwiceAtMost() {
        AtomicInteger asked = new AtomicInteger();
        tasks.on("GET", "/things/", _ -> CannedAnswer.of(500 + 3 * Math.min(1, asked.incrementAndGet())));

        assertThatThrownBy(() -> needed().get("/things/tea", Thing.class)).isInstanceOf(Refusal.Unavailable.class);

        assertThat(asked).hasValue(3);
    }

    @Test
    void neverRepeatsWhatMayDoSomethingTwice() {
        AtomicInteger asked = new AtomicInteger();
        tasks.on("POST", "/things", _ -> {
            asked.incrementAndGet();
            return CannedAnswer.of(503);
        });

        assertThatThrownBy(() -> needed().post("/things", Map.of(), Thing.class))
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(asked).hasValue(1);

        assertThatThrownBy(() -> needed().repeatable().post("/things", Map.of(), Thing.class))
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(asked).hasValue(4);

        assertThatThrownBy(() -> needed().idempotent("tea-1").post("/things", Map.of(), Thing.class))
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(asked).hasValue(7);
        assertThat(tasks.asked().getLast().header("Idempotency-Key")).isEqualTo("tea-1");
    }

    @Test
    void repeatsATenthOfAllCallsAndTenMore() {
        AtomicInteger asked = new AtomicInteger();
        tasks.on(
                "GET",
                "/things/",
                _ -> asked.incrementAndGet() % 4 == 0 ? CannedAnswer.of(503) : CannedAnswer.ok(THING));

        int calls = 400;
        for (int i = 0; i < calls; i++) {
            answers(needed());
        }

        assertThat(asked.get() - calls).isBetween(45, 51);
    }

    @Test
    void survivesAReset() {
        network.set(new FaultProxy.Reset());
        refused();

        network.set(new FaultProxy.Passing());
        Eventually.within(Duration.ofSeconds(5), this::answers);
    }

    @Test
    void survivesARestart() {
        network.set(new FaultProxy.Refuse());
        refused();

        network.set(new FaultProxy.Passing());
        Eventually.within(Duration.ofSeconds(5), this::answers);
    }

    @Test
    void waitsForWhatIsOnlySlow() {
        network.set(new FaultProxy.Latency(Duration.ofMillis(50)));

        Eventually.within(Duration.ofSeconds(5), this::answers);
    }

    @Test
    void doesNotGoOnWithAConnectionThatIsDead() {
        network.set(new FaultProxy.HalfOpen());
        refused();

        assertThat(answers(needed())).isTrue();
    }

    @Test
    void countsTheBodyIntoItsTime() {
        network.set(new FaultProxy.Trickle(Duration.ofMillis(500)));

        Duration took = refused();

        assertThat(took).isLessThan(Duration.ofMillis(500L * THING.length()));
    }

    @Test
    void refusesMoreThanMayBeUnderWay() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        tasks.on("GET", "/things/", _ -> {
            asked.incrementAndGet();
            await(open);
            return CannedAnswer.ok(THING);
        });
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Thing>> waiting = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                waiting.add(crowd.submit(
                        () -> anonymously().within(CallTimeout.LONG).get("/things/tea", Thing.class)));
            }
            Eventually.within(Duration.ofSeconds(10), () -> asked.get() == 64);

            refused();
            open.countDown();

            for (Future<Thing> one : waiting) {
                assertThat(one.get()).isEqualTo(new Thing("tea"));
            }
            assertThat(asked).hasValue(64);
        }
    }

    @Test
    void backgroundCallsThatHangHaveEightPermitsAndTakeNoneOfUsers() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        tasks.on("GET", "/things/slow", _ -> {
            asked.incrementAndGet();
            await(open);
            return CannedAnswer.ok(THING);
        });
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Thing>> hanging = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                hanging.add(crowd.submit(() -> inBackground().get("/things/slow", Thing.class)));
            }
            Eventually.within(Duration.ofSeconds(10), () -> asked.get() == 8);

            assertThatThrownBy(() -> inBackground().get("/things/slow", Thing.class))
                    .isInstanceOf(Refusal.Unavailable.class);
            List<Callable<Thing>> users =
                    Collections.nCopies(CallLimits.BULKHEAD, () -> needed().get("/things/tea", Thing.class));
            for (Future<Thing> one : crowd.invokeAll(users)) {
                assertThat(one.get()).isEqualTo(new Thing("tea"));
            }
            open.countDown();

            for (Future<Thing> one : hanging) {
                assertThat(one.get()).isEqualTo(new Thing("tea"));
            }
            assertThat(asked).hasValue(8);
        }
    }

    @Test
    void backgroundCallsThatHangOpenABreakerOfTheirOwn() {
        network.set(new FaultProxy.Blackhole());
        for (int i = 0; i < CallLimits.BREAKER_CALLS; i++) {
            assertThat(answers(inBackground().within(CallTimeout.USUAL))).isFalse();
        }
        long connections = network.accepted();
        assertThat(answers(inBackground())).isFalse();
        assertThat(network.accepted()).as("connections while it is open").isEqualTo(connections);

        network.set(new FaultProxy.Passing());

        assertThat(answers(needed())).as("that of users is closed").isTrue();
        Eventually.within(Duration.ofSeconds(5), () -> answers(inBackground()));
    }

    @Test
    void signingInForTheBackgroundOpensNoBreakerOfUsers() {
        tasks.on("POST", "/internal/identity/service-tokens", _ -> CannedAnswer.of(503));
        for (int i = 0; i < CallLimits.BREAKER_CALLS; i++) {
            assertThat(answers(client.inBackgroundTo("identity"))).isFalse();
        }

        assertThat(answers(client.to("identity").anonymously().within(CallTimeout.NEEDED)))
                .isTrue();
    }

    @Test
    void learnsNothingFromCallersWithoutTime() {
        ServiceChannel channel =
                new ServiceChannel("tasks", http, new Routes(config(network.url())), CallLimits.BULKHEAD);
        network.set(new FaultProxy.Blackhole());
        for (int i = 0; i < 32; i++) {
            took(channel, Duration.ofMillis(5));
        }
        // They have not opened the breaker.
        assertThat(took(channel, Duration.ofMillis(150))).isGreaterThan(Duration.ofMillis(100));

        // Nor do they keep it from opening.
        Eventually.within(Duration.ofSeconds(5), () -> {
            took(channel, Duration.ofMillis(5));
            return took(channel, Duration.ofMillis(150)).compareTo(Duration.ofMillis(75)) < 0;
        });
    }

    private static Duration took(ServiceChannel channel, Duration left) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> channel.call(
                        "/things/tea", HttpRequest.newBuilder(), CallTimeout.USUAL, start + left.toNanos(), true))
                .isInstanceOf(Refusal.Unavailable.class);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void doesNotBlameAServiceForItsRefusals() {
        tasks.on("GET", "/things/none", _ -> CannedAnswer.of(404));
        for (int i = 0; i < 24; i++) {
            assertThatThrownBy(() -> needed().get("/things/none", Thing.class)).isInstanceOf(Refusal.NotFound.class);
        }

        assertThat(answers(needed())).isTrue();
    }

    @Test
    void saysHowLongItWaits() {
        Eventually.within(Duration.ofSeconds(5), this::answers);

        assertThat(tasks.asked().getLast().header("Tarn-Timeout")).containsOnlyDigits();
        assertThat(Integer.parseInt(tasks.asked().getLast().header("Tarn-Timeout")))
                .isBetween(1, 150);
    }

    private Call anonymously() {
        return client.to("tasks").anonymously();
    }

    /// A call whose time a busy machine does not use up.
    private Call needed() {
        return anonymously().within(CallTimeout.NEEDED);
    }

    private Call inBackground() {
        return client.inBackgroundTo("tasks").anonymously();
    }

    private boolean answers() {
        return answers(anonymously());
    }

    private static boolean answers(Call call) {
        try {
            return call.get("/things/tea", Thing.class).equals(new Thing("tea"));
        } catch (Refusal.Unavailable away) {
            return false;
        }
    }

    /// How long it took to hear that there is no answer.
    private Duration refused() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> anonymously().get("/things/tea", Thing.class)).isInstanceOf(Refusal.Unavailable.class);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServiceClients clients(URI address) {
        ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());
        Config config = config(address);
        return new ServiceClients(
                new Routes(config), new ContextPropagation(), mapper, SettableClock.at("2026-01-31T12:00:00Z"), config);
    }

    private static Config config(URI tasks) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "tarn.route.tasks", tasks.toString(),
                                "tarn.route.identity", tasks.toString(),
                                "tarn.worker.key", "key"),
                        "test",
                        100))
                .build();
    }
}
