package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Eventually;

final class BodyMemoryTest {

    private final Vertx vertx = Vertx.vertx();
    private final BodyMemory memory = new BodyMemory(vertx);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void doesNotHoldWhatItHasServed() throws InterruptedException {
        WeakReference<byte[]> body = served();

        Eventually.within(Duration.ofMillis(BodyMemory.QUEUE_TIMEOUT_MILLIS / 2), () -> {
            System.gc();
            return body.get() == null;
        });
    }

    private WeakReference<byte[]> served() throws InterruptedException {
        byte[] body = new byte[1_000_000];
        CountDownLatch taken = new CountDownLatch(1);
        memory.take(body.length, _ -> {
            assertThat(body).isNotEmpty();
            taken.countDown();
        });
        assertThat(taken.await(5, TimeUnit.SECONDS)).isTrue();
        memory.release(body.length);
        return new WeakReference<>(body);
    }
}
