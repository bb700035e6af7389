package tarn.load;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Closed loops: so many workers, each of which does the next thing as soon as the last is done.
final class Load {

    /// What one worker does over and over; made anew for each worker.
    interface Work extends AutoCloseable {
        void once() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    /// What came of it.
    ///
    /// @param perSecond how many were done in a second
    /// @param p50 half were faster, in microseconds
    /// @param p99 all but one in a hundred were faster, in microseconds
    record Result(double perSecond, long p50, long p95, long p99) {

        /// @param times how long each took, in nanoseconds
        /// @param seconds how long all of them took together
        static Result of(long[] times, double seconds) {
            Arrays.sort(times);
            return new Result(times.length / seconds, at(times, 0.50), at(times, 0.95), at(times, 0.99));
        }

        private static long at(long[] sorted, double share) {
            return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1_000;
        }
    }

    private Load() {}

    /// Runs the loops twice: to warm up, then to measure.
    static Result measure(int workers, Duration warmUp, Duration measured, Callable<Work> maker) throws Exception {
        run(workers, warmUp, maker);
        long start = System.nanoTime();
        long[] times = run(workers, measured, maker);
        double seconds = (System.nanoTime() - start) / 1e9;
        return Result.of(times, seconds);
    }

    private static long[] run(int workers, Duration time, Callable<Work> maker) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<Future<long[]>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            for (int i = 0; i < workers; i++) {
                all.add(threads.submit(() -> loop(end, maker)));
            }
        }
        List<long[]> parts = new ArrayList<>();
        for (Future<long[]> one : all) {
            parts.add(one.get());
        }
        return parts.stream().flatMapToLong(Arrays::stream).toArray();
    }

    private static long[] loop(long end, Callable<Work> maker) throws Exception {
        long[] times = new long[1 << 16];
        int count = 0;
        try (Work work = maker.call()) {
            long before = System.nanoTime();
            while (before < end) {
                work.once();
                long after = System.nanoTime();
                if (count == times.length) {
                    times = Arrays.copyOf(times, count * 2);
                }
                times[count++] = after - before;
                before = after;
            }
        }
        return Arrays.copyOf(times, count);
    }
}
