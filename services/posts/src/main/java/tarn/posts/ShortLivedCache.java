package tarn.posts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Caches answers of other services for a short time, or until a signal on the bus invalidates them.
final class ShortLivedCache<K, V> {

    /// How long.
    static final Duration DURATION = Duration.ofSeconds(3);

    private final Cache<K, V> values;
    private final AtomicLong signals = new AtomicLong();

    /// @param most how many values
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

    /// To be noted before something is asked for.
    long signals() {
        return signals.get();
    }

    /// @param heard [#signals] before it was asked for: with one more by now it may be older than that
    void put(K key, V value, long heard) {
        values.put(key, value);
        if (signals.get() != heard) {
            values.invalidate(key);
        }
    }

    void drop(K key) {
        values.invalidate(key);
    }

    /// Hears a signal, and forgets what it concerns.
    void forget(BiPredicate<K, V> concerned) {
        signals.incrementAndGet();
        values.asMap().entrySet().removeIf(entry -> concerned.test(entry.getKey(), entry.getValue()));
    }
}
