package tarn.gateway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class QueryConcurrencyLimitTest {

    private final QueryConcurrencyLimit concurrency = new QueryConcurrencyLimit();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Map<String, AtomicInteger> nowOf = new ConcurrentHashMap<>();
    private final Map<String, Integer> mostOf = new ConcurrentHashMap<>();

    @Test
    void soManyAreTakenAtOnceAndSoManyByOneUser() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 120; i++) {
                String user = "user " + i % 3;
                threads.execute(() -> concurrency.take(user, () -> taken(user)));
            }
        }

        assertThat(most).hasValue(16);
        assertThat(mostOf).hasSize(3).allSatisfy((_, count) -> assertThat(count).isBetween(1, 8));
    }

    private int taken(String user) {
        AtomicInteger own = nowOf.computeIfAbsent(user, _ -> new AtomicInteger());
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        mostOf.merge(user, own.incrementAndGet(), Math::max);
        LockSupport.parkNanos(20_000_000);
        own.decrementAndGet();
        return now.decrementAndGet();
    }
}
