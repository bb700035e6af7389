package tarn.platform.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list, and where to go on.
///
/// @param items at most as many as were asked for
/// @param nextCursor opaque; null at the end
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /// The same page of other things.
    public <R> Page<R> map(Function<? super T, ? extends R> shape) {
        return new Page<>(items.stream().<R>map(shape).toList(), nextCursor);
    }
}
