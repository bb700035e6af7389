package tarn.posts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Caches other services' answers for 3 s, or until a signal on the bus invalidates them.
final class ShortLivedCache<K, V> {

    /// Maximum age of a value.
    static final Duration DURATION = Duration.ofSeconds(3);

    private final Cache<K, V> values;
    private final AtomicLong signals = new AtomicLong();

    /// @param most number of values
    ShortLivedCache(Clock clock, int most) {
        this.values = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(DURATION)
                .maximumSize(most)
                .build();
    }

    @Nullable
    V get(K key) {
        return values.getIfPresent(key);
    }

    /// Number of signals so far, read before asking for a value.
    long signals() {
        return signals.get();
    }

    /// Caches a value, unless a signal has arrived since it was asked for.
    ///
    /// @param heard [#signals] before asking
    void put(K key, V value, long heard) {
        values.put(key, value);
        if (signals.get() != heard) {
            values.invalidate(key);
        }
    }

    void drop(K key) {
        values.invalidate(key);
    }

    /// Counts a signal and removes the values it invalidates.
    void forget(BiPredicate<K, V> concerned) {
        signals.incrementAndGet();
        values.asMap().entrySet().removeIf(entry -> concerned.test(entry.getKey(), entry.getValue()));
    }
}
