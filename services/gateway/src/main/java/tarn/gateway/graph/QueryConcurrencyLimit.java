package tarn.gateway.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tarn.platform.problem.Refusal;

/// Limits concurrent queries: 16 overall, 8 per user; others wait at most 800 ms and then get 503.
/// With more, the calls of each query exceed the timeouts of services.
@Singleton
final class QueryConcurrencyLimit {

    private static final int MAX_CONCURRENT = 16;
    private static final int MAX_PER_USER = 8;

    /// Time a query waits, so that it is refused within a second.
    private static final Duration MAX_WAIT = Duration.ofMillis(800);

    private final Semaphore all = new Semaphore(MAX_CONCURRENT, true);

    /// Weakly referenced: an entry lives as long as its user's queries.
    private final Cache<String, Semaphore> users =
            Caffeine.newBuilder().weakValues().build();

    /// Runs the work once there is a permit.
    ///
    /// @throws Refusal.Unavailable when there is none in time
    <T> T take(String user, Supplier<T> work) {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        Semaphore own = users.get(user, _ -> new Semaphore(MAX_PER_USER, true));
        return take(own, end, () -> take(all, end, work));
    }

    private static <T> T take(Semaphore permits, long end, Supplier<T> work) {
        try {
            if (!permits.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new Refusal.Unavailable("Too many queries are waiting. Try again later.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The server is stopping.");
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
