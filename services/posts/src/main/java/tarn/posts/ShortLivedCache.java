package tarn.posts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Caches other services' answers for 3 s, or until an invalidation, which also drops answers asked
/// for before it.
final class ShortLivedCache<K, V> {

    /// Maximum age of a value.
    static final Duration DURATION = Duration.ofSeconds(3);

    private final Cache<K, V> values;
    private final AtomicLong invalidations = new AtomicLong();

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

    /// Number of invalidations so far, read before asking for a value.
    long invalidations() {
        return invalidations.get();
    }

    /// Caches a value, unless an invalidation has arrived since it was asked for.
    ///
    /// @param heard [#invalidations] before asking
    void put(K key, V value, long heard) {
        values.put(key, value);
        if (invalidations.get() != heard) {
            values.invalidate(key);
        }
    }

    void drop(K key) {
        values.invalidate(key);
    }

    /// Counts an invalidation and removes the values it invalidates.
    void forget(BiPredicate<K, V> concerned) {
        invalidations.incrementAndGet();
        values.asMap().entrySet().removeIf(entry -> concerned.test(entry.getKey(), entry.getValue()));
    }
}
