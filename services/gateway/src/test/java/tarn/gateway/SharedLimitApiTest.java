package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.gateway.Split.GATEWAY;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tarn.platform.redis.SharedRedis;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.FaultProxy;
import tarn.testing.FaultyRedis;

/// Gateways share limits in Redis, and each has its own while Redis does not answer.
@QuarkusTest
@WithTestResource(EchoingServices.class)
@WithTestResource(FaultyRedis.class)
final class SharedLimitApiTest {

    /// A bound of liveness: without a fault a request takes a millisecond.
    private static final long MAX_USUAL_MILLIS = 1_000;

    private static final Duration SOON = Duration.ofSeconds(20);

    private static int addresses;

    /// Set by [FaultyRedis].
    @SuppressWarnings("NullAway.Init")
    FaultProxy network;

    @Inject
    SharedRedis redis;

    private String address = "";
    private Api client = GATEWAY;

    /// Goes on as an address whose bucket is full.
    @BeforeEach
    void takeAnotherAddress() {
        address = "203.0.113." + addresses++ % 190;
        client = GATEWAY.header("X-Forwarded-For", address);
    }

    @AfterEach
    void repair() {
        network.set(new FaultProxy.Passing());
        Eventually.within(SOON, this::isShared);
    }

    @Test
    void whatOneGatewayCountsTheOthersCount() {
        // The bucket refills by one in 20 ms, and a late Redis is not asked.
        Eventually.within(SOON, () -> {
            takeAnotherAddress();
            another(150);
            Api.Answer answer = client.get("/api/tasks");
            assertThat(answer.status()).isEqualTo(200);
            return remaining(answer) >= 49 && remaining(answer) <= 60;
        });
    }

    @Test
    void aLimitUsedUpAtAnotherGatewayHoldsHere() {
        Eventually.within(SOON, () -> {
            takeAnotherAddress();
            another(200);
            Api.Answer answer = client.get("/api/tasks");
            return answer.status() == 429 && answer.header("Retry-After").equals("1");
        });
    }

    @Test
    void bucketsAreForgottenWhenTheyAreFullAgain() {
        Eventually.within(SOON, () -> {
            client.get("/api/tasks");
            long millis = redis.send(Request.cmd(Command.PTTL).arg("tarn:limit:address:" + address))
                    .join()
                    .toLong();
            return millis >= 1 && millis <= TimeUnit.SECONDS.toMillis(8);
        });
    }

    @Test
    void aRedisThatForgetsEverythingIsNoFault() {
        another(200);
        redis.send(Request.cmd(Command.FLUSHALL)).join();

        assertThat(client.get("/api/tasks").status()).isEqualTo(200);
    }

    static Stream<FaultProxy.Behaviour> faults() {
        return Stream.of(
                new FaultProxy.Refuse(),
                new FaultProxy.Reset(),
                new FaultProxy.Blackhole(),
                new FaultProxy.HalfOpen(),
                new FaultProxy.Latency(Duration.ofMillis(200)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyRequestIsServedAndLimitedWhateverRedisDoes(FaultProxy.Behaviour fault) {
        network.set(fault);

        List<Long> millis = Split.atOnce(8, 600, SharedLimitApiTest::timeOf).stream()
                .sorted()
                .toList();
        long refused = Split.atOnce(8, 600, _ -> client.get("/api/nothing").status()).stream()
                .filter(status -> status == 429)
                .count();

        System.out.printf("%s: p95 %d ms, longest %d ms%n", fault, millis.get(569), millis.getLast());
        assertThat(millis.get(569)).isLessThan(MAX_USUAL_MILLIS);
        assertThat(refused).as("limited meanwhile").isPositive();
    }

    /// Of requests of many addresses, so that none reaches its limit.
    private static long timeOf(int i) {
        long begin = System.nanoTime();
        Api.Answer answer =
                GATEWAY.header("X-Forwarded-For", "198.51.100." + i % 100).get("/api/tasks");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private boolean isShared() {
        Api.Answer first = GATEWAY.header("X-Forwarded-For", "203.0.113.199").get("/api/tasks");
        return first.status() == 200
                && redis.use(() -> redis.send(Request.cmd(Command.EXISTS).arg("tarn:limit:address:203.0.113.199")))
                        .handle((found, failure) -> failure == null && found != null && found.toInteger() == 1)
                        .join();
    }

    /// What another gateway counts.
    private void another(int tokens) {
        BucketConfiguration bucket = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(200).refillGreedy(50, Duration.ofSeconds(1)))
                .build();
        new SharedBuckets(redis, TimeMeter.SYSTEM_MILLISECONDS, Duration.ofSeconds(8))
                .asAsync()
                .builder()
                .build("address:" + address, () -> CompletableFuture.completedFuture(bucket))
                .tryConsumeAndReturnRemaining(tokens)
                .join();
    }

    private static int remaining(Api.Answer answer) {
        return Integer.parseInt(answer.header("RateLimit").replaceAll(".*r=(\\d+);.*", "$1"));
    }
}
