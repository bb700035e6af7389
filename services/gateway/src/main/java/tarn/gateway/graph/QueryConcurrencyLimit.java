package tarn.gateway.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tarn.platform.problem.Refusal;

/// Limits concurrent queries: 16 in all, 8 of one user; others wait for 800 ms at most. With more, the calls of
/// each query exceed the timeouts of services.
@Singleton
final class QueryConcurrencyLimit {

    private static final int AT_ONCE = 16;
    private static final int OF_ONE_PERSON = 8;

    /// How long a query waits for its turn, so that it is refused before a second has passed.
    private static final Duration MAX_WAIT = Duration.ofMillis(800);

    private final Semaphore all = new Semaphore(AT_ONCE, true);

    /// Kept as long as a user holds them.
    private final Cache<String, Semaphore> users =
            Caffeine.newBuilder().weakValues().build();

    /// Does it when it is its turn.
    ///
    /// @throws Refusal.Unavailable when that takes too long
    <T> T take(String user, Supplier<T> work) {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        Semaphore own = users.get(user, _ -> new Semaphore(OF_ONE_PERSON, true));
        return take(own, end, () -> take(all, end, work));
    }

    private static <T> T take(Semaphore turns, long end, Supplier<T> work) {
        try {
            if (!turns.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new Refusal.Unavailable("Too many queries are waiting. Try again later.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The server is stopping.");
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
