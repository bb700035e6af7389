package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.platform.service.StoppingService;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FaultProxy;

/// The gateway before two processes of one service.
@QuarkusTest
@WithTestResource(TwoOfTasks.class)
final class ReplicasApiTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Api client = Api.here().bearer(PretendIdentity.token("good"));

    @BeforeEach
    void bothAreThere() {
        TwoOfTasks.wellBehaved();
        int before = TwoOfTasks.FIRST.asked().size();
        Eventually.within(SOON, () -> {
            get();
            return TwoOfTasks.FIRST.asked().size() > before + 2;
        });
        TwoOfTasks.wellBehaved();
    }

    @Test
    void requestsGoToBothInTurns() {
        int before = TwoOfTasks.SECOND.asked().size();
        for (int i = 0; i < 10; i++) {
            assertThat(get()).isEqualTo(200);
        }

        assertThat(TwoOfTasks.done()).isEqualTo(10);
        assertThat(TwoOfTasks.SECOND.asked().size() - before).isEqualTo(5);
    }

    @Test
    void whatOneDoesNotAcceptGoesToTheOther() {
        TwoOfTasks.NETWORK.set(new FaultProxy.Refuse());

        for (int i = 0; i < 20; i++) {
            assertThat(client.patch("/api/tasks/1", Map.of("title", "Tea")).at("/body"))
                    .isEqualTo("15");
        }

        assertThat(TwoOfTasks.done()).isEqualTo(20);
    }

    @Test
    void whatOneHasNotReadBecauseItStopsGoesToTheOther() {
        stopping(TwoOfTasks.FIRST);

        for (int i = 0; i < 20; i++) {
            assertThat(client.post("/api/tasks/1", Map.of("title", "Tea")).at("/body"))
                    .isEqualTo("15");
        }
        for (int i = 0; i < 4; i++) {
            assertThat(get()).isEqualTo(200);
        }

        assertThat(TwoOfTasks.done()).isEqualTo(24);
    }

    @Test
    void whenBothStopTheRequestIsRefused() {
        stopping(TwoOfTasks.FIRST);
        stopping(TwoOfTasks.SECOND);

        Api.Answer answer = client.post("/api/tasks/1", Map.of("title", "Tea"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header(StoppingService.HEADER)).isEmpty();
        TwoOfTasks.wellBehaved();
        assertThat(get()).as("at once").isEqualTo(200);
    }

    @Test
    void afterALostConnectionOnlyWhatDoesNoHarmTwiceIsSentAgain() {
        for (String method : List.of("GET", "POST", "PATCH")) {
            TwoOfTasks.FIRST.on(method, "/api/tasks/", _ -> hangUp());
        }

        for (int i = 0; i < 4; i++) {
            assertThat(get()).isEqualTo(200);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(client.header("Idempotency-Key", "key-" + i)
                            .post("/api/tasks/1", Map.of())
                            .status())
                    .isEqualTo(200);
        }
        int refused = 0;
        for (int i = 0; i < 4; i++) {
            refused += client.patch("/api/tasks/1", Map.of()).status() == 503 ? 1 : 0;
        }

        assertThat(refused).isEqualTo(2);
    }

    /// Closes the connection without an answer.
    private static CannedAnswer hangUp() {
        throw new IllegalStateException();
    }

    @Test
    void aSilentOneIsLeftAloneUntilItAnswers() {
        TwoOfTasks.NETWORK.set(new FaultProxy.Blackhole());
        Eventually.within(Duration.ofSeconds(20), () -> IntStream.range(0, 10).allMatch(_ -> isAnsweredInTime()));

        TwoOfTasks.NETWORK.set(new FaultProxy.Passing());
        int before = TwoOfTasks.FIRST.asked().size();
        Eventually.within(SOON, () -> get() == 200 && TwoOfTasks.FIRST.asked().size() > before + 1);
    }

    private boolean isAnsweredInTime() {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> status.complete(get()));
        return status.completeOnTimeout(0, 1, TimeUnit.SECONDS).join() == 200;
    }

    private static void stopping(FakeService tasks) {
        for (String method : List.of("GET", "POST")) {
            tasks.on(method, "/api/tasks/", _ -> new CannedAnswer(503, "{}", Map.of(StoppingService.HEADER, "true")));
        }
    }

    private int get() {
        return client.get("/api/tasks/1").status();
    }
}
