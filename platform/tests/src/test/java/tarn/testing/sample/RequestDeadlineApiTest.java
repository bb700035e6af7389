package tarn.testing.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.Eventually;

/// No request works for longer than it may: three seconds here.
@QuarkusTest
@WithTestResource(value = DatabaseResource.class, initArgs = @ResourceArg(name = "services", value = "sample"))
final class RequestDeadlineApiTest {

    @Inject
    NoteStore store;

    @Test
    void whatNeverEndsIsStopped() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> answers = Stream.of("statement", "wait")
                    .map(what -> threads.submit(() -> Api.here().get("/api/endless/" + what)))
                    .toList();

            for (Future<Api.Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(503);
                assertThat(answer.get().code()).isEqualTo("took-too-long");
                assertThat(answer.get().header("Retry-After")).isEqualTo("1");
            }
        }
        Eventually.within(Duration.ofSeconds(5), () -> !store.sleeps());
        Eventually.within(
                Duration.ofSeconds(5), () -> Api.here().get("/api/relays").status() == 200);
    }
}
