package tarn.gateway.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tarn.platform.problem.Refusal;

/// Queries take turns: so many are answered at the same time, and of these so many of one person, behind whose
/// crowd others need not wait. More at once would only take from each other the time that services are given
/// to answer.
@Singleton
final class Turns {

    private static final int AT_ONCE = 16;
    private static final int OF_ONE_PERSON = 8;

    /// How long a query waits for its turn, so that it is refused before a second has passed.
    private static final Duration MAX_WAIT = Duration.ofMillis(800);

    private final Semaphore all = new Semaphore(AT_ONCE, true);

    /// Kept as long as somebody holds them.
    private final Cache<String, Semaphore> persons =
            Caffeine.newBuilder().weakValues().build();

    /// Does it when it is its turn.
    ///
    /// @throws Refusal.Unavailable when that takes too long
    <T> T take(String person, Supplier<T> work) {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        Semaphore own = persons.get(person, _ -> new Semaphore(OF_ONE_PERSON, true));
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
