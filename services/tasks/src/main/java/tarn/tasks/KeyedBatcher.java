package tarn.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A [Batcher] for each key: items of different keys never wait for each other.
final class KeyedBatcher<K, T, R> {

    /// @param waiting how many submitted items have no result yet
    private record CountedBatcher<T, R>(Batcher<T, R> batcher, int waiting) {

        CountedBatcher<T, R> entered() {
            return new CountedBatcher<>(batcher, waiting + 1);
        }

        @Nullable
        CountedBatcher<T, R> left() {
            return waiting == 1 ? null : new CountedBatcher<>(batcher, waiting - 1);
        }
    }

    private final Duration linger;
    private final int maxItems;
    private final BiFunction<K, List<T>, List<R>> work;
    private final Map<K, CountedBatcher<T, R>> entries = new ConcurrentHashMap<>();

    /// @param linger how long the first who waits does so before a second batch of its key begins
    /// @param maxItems the most items of a batch
    /// @param work gives the result of each item, in their order; what it throws is everybody's
    KeyedBatcher(Duration linger, int maxItems, BiFunction<K, List<T>, List<R>> work) {
        this.linger = linger;
        this.maxItems = maxItems;
        this.work = work;
    }

    /// The result for one item of a key. Throws what the work throws.
    R submit(K key, T item) {
        CountedBatcher<T, R> entry =
                entries.compute(key, (same, present) -> (present == null ? entry(same) : present).entered());
        try {
            return entry.batcher().submit(item);
        } finally {
            entries.computeIfPresent(key, (same, present) -> present.left());
        }
    }

    private CountedBatcher<T, R> entry(K key) {
        return new CountedBatcher<>(new Batcher<>(linger, maxItems, items -> work.apply(key, items)), 0);
    }
}
