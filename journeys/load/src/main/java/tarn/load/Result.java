package tarn.load;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// What came of a load.
final class Result {

    /// How long each thing took, in nanoseconds, the quickest first.
    private final long[] sorted;

    private final double seconds;

    /// @param times how long each thing took, in nanoseconds
    /// @param seconds how long all of them took together
    Result(LongStream times, double seconds) {
        this.sorted = times.sorted().toArray();
        this.seconds = seconds;
    }

    /// Several, as if they had been one.
    static Result together(List<Result> turns) {
        return new Result(
                turns.stream().flatMapToLong(turn -> Arrays.stream(turn.sorted)),
                turns.stream().mapToDouble(turn -> turn.seconds).sum());
    }

    int count() {
        return sorted.length;
    }

    double perSecond() {
        return sorted.length / seconds;
    }

    /// What this share of all was quicker than, in microseconds; 0 when there was nothing.
    long quantile(double share) {
        if (sorted.length == 0) {
            return 0;
        }
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1_000;
    }
}
