package tarn.platform.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One page of a list with the cursor of the next.
///
/// @param items at most as many as the limit
/// @param nextCursor opaque; null on the last page
/// @param cursors the cursor behind an item, by its position in the page; null for a list without; not
/// part of the JSON
public record Page<T>(
        List<T> items,
        @Nullable String nextCursor,
        @JsonIgnore @Nullable IntFunction<String> cursors) {

    /// A page of a list that has no cursor behind each item.
    public Page(List<T> items, @Nullable String nextCursor) {
        this(items, nextCursor, null);
    }

    /// The page with each item converted.
    public <R> Page<R> map(Function<? super T, ? extends R> shape) {
        return new Page<>(items.stream().<R>map(shape).toList(), nextCursor, cursors);
    }

    /// The page without the items that do not fit.
    public Page<T> filter(Predicate<? super T> fits) {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (fits.test(items.get(i))) {
                left.add(i);
            }
        }
        IntFunction<String> all = cursors;
        return new Page<>(
                left.stream().map(items::get).toList(),
                nextCursor,
                all == null ? null : position -> all.apply(left.get(position)));
    }

    /// The cursors behind all items, in their order; null for a list without.
    public @Nullable List<String> itemCursors() {
        IntFunction<String> all = cursors;
        return all == null
                ? null
                : IntStream.range(0, items.size()).mapToObj(all).toList();
    }
}
