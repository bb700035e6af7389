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
/// @param cursors the cursor behind an item, by its position in the page; not part of the JSON
public record Page<T>(
        List<T> items,
        @Nullable String nextCursor,
        @JsonIgnore IntFunction<String> cursors) {

    private static final IntFunction<String> NONE = position -> {
        throw new IllegalStateException("This list is not paged by item: no cursor behind " + position);
    };

    /// A page of a list in which one cannot go on behind each item.
    public Page(List<T> items, @Nullable String nextCursor) {
        this(items, nextCursor, NONE);
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
        IntFunction<String> shifted = isPagedByItem() ? position -> cursors.apply(left.get(position)) : NONE;
        return new Page<>(left.stream().map(items::get).toList(), nextCursor, shifted);
    }

    /// Whether there is a cursor behind each item.
    @JsonIgnore
    public boolean isPagedByItem() {
        return cursors != NONE;
    }

    /// The cursors behind all items, in their order; only of a page that [#isPagedByItem].
    public List<String> itemCursors() {
        return IntStream.range(0, items.size()).mapToObj(cursors).toList();
    }
}
