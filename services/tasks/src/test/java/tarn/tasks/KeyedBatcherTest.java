package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class KeyedBatcherTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final KeyedBatcher<String, Integer, String> batcher =
            new KeyedBatcher<>(Duration.ofMinutes(1), 10, this::texts);

    @Test
    void aSlowBatchOfOneKeyHoldsUpNoOther() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> batcher.submit("slow", 1), threads);
            begun.await();
            CompletableFuture<String> behind = CompletableFuture.supplyAsync(() -> batcher.submit("slow", 2), threads);

            assertThat(batcher.submit("quick", 3)).isEqualTo("quick 3");
            assertThat(List.of(slow, behind)).noneMatch(CompletableFuture::isDone);

            release.countDown();
            assertThat(slow.get(5, TimeUnit.SECONDS)).isEqualTo("slow 1");
            assertThat(behind.get(5, TimeUnit.SECONDS)).isEqualTo("slow 2");
        }
    }

    private List<String> texts(String key, List<Integer> numbers) {
        if (key.equals("slow")) {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        return numbers.stream().map(number -> key + ' ' + number).toList();
    }
}
