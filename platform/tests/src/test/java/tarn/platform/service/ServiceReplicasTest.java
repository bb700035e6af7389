package tarn.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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

/// Calls to a service of which two processes run.
final class ServiceReplicasTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String THING = "{\"name\":\"tea\"}";

    private record Thing(String name) {}

    private final FakeService first = new FakeService();
    private final FakeService second = new FakeService();
    private final FaultProxy network = FaultProxy.before(first.url());
    private final AtomicInteger atFirst = new AtomicInteger();
    private final AtomicInteger atSecond = new AtomicInteger();
    private final ServiceClients clients = clients(network.url() + ", " + second.url());

    @BeforeEach
    void connect() {
        answer(first, atFirst);
        answer(second, atSecond);
        get();
        get();
        atFirst.set(0);
        atSecond.set(0);
    }

    private static void answer(FakeService service, AtomicInteger asked) {
        service.on("GET", "/things/", _ -> ok(asked)).on("POST", "/things", _ -> ok(asked));
    }

    private static CannedAnswer ok(AtomicInteger asked) {
        asked.incrementAndGet();
        return CannedAnswer.ok(THING);
    }

    @AfterEach
    void stop() {
        clients.close();
        network.close();
        first.close();
        second.close();
    }

    @Test
    void areMadeInTurns() {
        for (int i = 0; i < 10; i++) {
            get();
        }

        assertThat(atFirst).hasValue(5);
        assertThat(atSecond).hasValue(5);
    }

    @Test
    void goToTheOtherWhenOneRefusesConnectionsEvenIfTheyCannotBeRepeated() {
        network.set(new FaultProxy.Refuse());

        for (int i = 0; i < 100; i++) {
            post();
        }

        assertThat(atFirst).hasValue(0);
        assertThat(atSecond).hasValue(100);
        network.set(new FaultProxy.Passing());
        Eventually.within(SOON, () -> {
            post();
            return atFirst.get() > 0;
        });
    }

    @Test
    void goToTheOtherWhenOneHasReadNothingBecauseItStops() {
        first.on("POST", "/things", _ -> new CannedAnswer(503, "{}", Map.of(StoppingService.HEADER, "true")));

        for (int i = 0; i < 20; i++) {
            post();
        }

        assertThat(atSecond).hasValue(20);
    }

    @Test
    void areRepeatedAtTheOtherAfterALostConnectionOnlyIfThatDoesNoHarm() {
        first.on("GET", "/things/", _ -> hangUp()).on("POST", "/things", _ -> hangUp());
        int refused = 0;
        for (int i = 0; i < 4; i++) {
            get();
        }
        for (int i = 0; i < 4; i++) {
            refused += isRefused() ? 1 : 0;
        }

        assertThat(refused).isEqualTo(2);
        assertThat(atSecond).hasValue(4 + 2);
    }

    /// Closes the connection without an answer.
    private static CannedAnswer hangUp() {
        throw new IllegalStateException();
    }

    @Test
    void leaveASilentOneAloneAfterEightHaveWaitedForIt() {
        network.set(new FaultProxy.Blackhole());

        Eventually.within(Duration.ofSeconds(10), () -> IntStream.range(0, 10).allMatch(_ -> isAnswered()));

        assertThat(atFirst).hasValue(0);
    }

    @Test
    void areRefusedWhenNeitherIsThere() {
        network.set(new FaultProxy.Refuse());
        second.close();

        assertThatThrownBy(this::get).isInstanceOf(Refusal.Unavailable.class);
    }

    private Call anonymously() {
        return clients.of("worker").to("tasks").anonymously();
    }

    private void get() {
        anonymously().within(CallTimeout.NEEDED).get("/things/tea", Thing.class);
    }

    private void post() {
        anonymously().within(CallTimeout.NEEDED).post("/things", Map.of(), Thing.class);
    }

    private boolean isAnswered() {
        try {
            anonymously().get("/things/tea", Thing.class);
            return true;
        } catch (Refusal.Unavailable away) {
            return false;
        }
    }

    private boolean isRefused() {
        try {
            post();
            return false;
        } catch (Refusal.Unavailable away) {
            return true;
        }
    }

    private static ServiceClients clients(String addresses) {
        Config config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("tarn.route.tasks", addresses, "tarn.worker.key", "key"), "test", 100))
                .build();
        return new ServiceClients(
                new Routes(config),
                new ContextPropagation(),
                new ObjectMapper().registerModule(new JavaTimeModule()),
                SettableClock.at("2026-01-31T12:00:00Z"),
                config);
    }
}
