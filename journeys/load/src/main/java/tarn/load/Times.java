package tarn.load;

import java.util.Arrays;
import java.util.stream.LongStream;

/// How long each of many things took, in nanoseconds; for one thread.
final class Times {

    private long[] times = new long[1 << 16];
    private int count;

    void add(long time) {
        if (count == times.length) {
            times = Arrays.copyOf(times, count * 2);
        }
        times[count++] = time;
    }

    LongStream stream() {
        return Arrays.stream(times, 0, count);
    }
}
