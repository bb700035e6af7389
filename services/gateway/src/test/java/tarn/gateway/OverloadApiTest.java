package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;

/// More requests than a service that takes its time can do.
@QuarkusTest
@WithTestResource(EchoingServices.class)
final class OverloadApiTest {

    private static final int SURPLUS = 20;

    private record Timed(Api.Answer answer, Duration time) {}

    private static Timed ask(String user, String path) {
        long begin = System.nanoTime();
        Api.Answer answer = Split.withCookie("good " + user).get(path);
        return new Timed(answer, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static int held() {
        return Integer.parseInt(Split.services().get("/test/held").body());
    }

    @AfterEach
    void release() {
        Split.tell("release", "");
        Eventually.within(Duration.ofSeconds(10), () -> held() == 0);
    }

    @Test
    void theSurplusIsRefusedAtOnceAndTheOthersAreAnswered() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Timed>> all = IntStream.range(0, AdmissionControl.MAX_IN_FLIGHT + SURPLUS)
                    .mapToObj(i -> threads.submit(() -> ask("crowd " + (char) ('a' + i % 10), "/api/tasks?held")))
                    .toList();

            Eventually.within(
                    Duration.ofSeconds(5),
                    () -> all.stream().filter(Future::isDone).count() == SURPLUS);
            Eventually.within(Duration.ofSeconds(5), () -> held() == AdmissionControl.MAX_IN_FLIGHT);
            assertThat(ask("guest", "/api/users/me").answer().status()).isEqualTo(200);
            Split.tell("release", "");

            List<Timed> refused = new ArrayList<>();
            for (Future<Timed> one : all) {
                if (one.get().answer().status() != 200) {
                    refused.add(one.get());
                }
            }
            assertThat(refused).hasSize(SURPLUS).allSatisfy(one -> {
                assertThat(one.answer().status()).isEqualTo(503);
                assertThat(one.answer().code()).isEqualTo("overloaded");
                assertThat(one.answer().header("Retry-After")).isEqualTo("1");
                assertThat(one.time()).isLessThan(Duration.ofSeconds(5));
            });
        }
    }

    @Test
    void fiftyWhoRegisterAtOnceAllGetTheirTurnAndOthersAreServedMeanwhile() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> all = IntStream.range(0, AdmissionControl.MAX_HASHING + SURPLUS)
                    .mapToObj(i -> threads.submit(() -> Api.here()
                            .header("X-Forwarded-For", "203.0.113." + i)
                            .post("/api/users?held", Map.of())))
                    .toList();

            Eventually.within(Duration.ofSeconds(5), () -> held() == AdmissionControl.MAX_HASHING);
            assertThat(ask("guest", "/api/users/me").answer().status()).isEqualTo(200);
            Eventually.within(
                    Duration.ofSeconds(5),
                    () -> all.stream().filter(Future::isDone).count() == SURPLUS);
            Split.tell("release", "");

            List<Api.Answer> refused = new ArrayList<>();
            for (Future<Api.Answer> one : all) {
                if (one.get().status() != 200) {
                    refused.add(one.get());
                }
            }
            assertThat(AdmissionControl.MAX_HASHING).isGreaterThanOrEqualTo(50);
            assertThat(refused).hasSize(SURPLUS).allSatisfy(one -> {
                assertThat(one.status()).isEqualTo(503);
                assertThat(one.header("Retry-After")).isEqualTo("1");
            });
        }
    }

    @Test
    void oneUsersSlowRequestsKeepNobodyElseFromATurn() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Timed>> own = IntStream.range(0, AdmissionControl.MAX_IN_FLIGHT)
                    .mapToObj(i -> threads.submit(() -> ask("greedy", "/api/tasks?held")))
                    .toList();
            int surplus = AdmissionControl.MAX_IN_FLIGHT - AdmissionControl.MAX_IN_FLIGHT_OF_USER;
            Eventually.within(
                    Duration.ofSeconds(5),
                    () -> own.stream().filter(Future::isDone).count() == surplus);

            assertThat(ask("modest", "/api/tasks").answer().status()).isEqualTo(200);

            Split.tell("release", "");
            for (Future<Timed> one : own) {
                one.get();
            }
        }
    }

    @Test
    void thirtyTwoClientsThatAskAgainAndAgainAreAlwaysAnswered() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = IntStream.range(0, 32)
                    .mapToObj(i -> threads.submit(() -> IntStream.range(0, 15)
                            .allMatch(n -> ask("many " + (char) ('a' + i % 8), "/api/tasks")
                                            .answer()
                                            .status()
                                    == 200)))
                    .toList();

            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @Test
    void clientsThatHaveGoneGiveBackTheirTurn() throws IOException {
        for (int round = 0; round < 2; round++) {
            List<Wire> gone = new ArrayList<>();
            for (int i = 0; i < AdmissionControl.MAX_IN_FLIGHT + SURPLUS; i++) {
                Wire wire = new Wire();
                gone.add(wire);
                wire.send("GET /api/tasks?held HTTP/1.1\r\nHost: h\r\nCookie: __Host-tarn_session=good gone "
                        + (char) ('a' + i % 10) + "\r\n\r\n");
            }
            Eventually.within(Duration.ofSeconds(5), () -> held() == AdmissionControl.MAX_IN_FLIGHT);
            for (Wire wire : gone) {
                wire.close();
            }

            Eventually.within(
                    Duration.ofSeconds(5),
                    () -> ask("patient", "/api/tasks").answer().status() == 200);
            release();
        }
    }

    @Test
    void whoReadsSlowlyKeepsNobodyFromATurn() throws IOException {
        List<Wire> slow = new ArrayList<>();
        for (int i = 0; i < AdmissionControl.MAX_IN_FLIGHT + SURPLUS; i++) {
            Wire wire = new Wire();
            slow.add(wire);
            wire.send("GET /api/tasks?endless HTTP/1.1\r\nHost: h\r\nCookie: __Host-tarn_session=good slow " + i % 10
                    + "\r\n\r\n");
            assertThat(wire.line()).contains("200");
        }

        assertThat(ask("quick", "/api/tasks").answer().status()).isEqualTo(200);

        for (Wire wire : slow) {
            wire.close();
        }
    }
}
