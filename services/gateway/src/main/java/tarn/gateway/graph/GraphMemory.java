package tarn.gateway.graph;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import tarn.platform.problem.Refusal;

/// Bounds what queries hold in memory of what services have answered: each of them, and all together.
@Singleton
final class GraphMemory {

    /// Characters of one query.
    static final int MAX_OF_QUERY = 4 * 1024 * 1024;

    /// Characters of all queries that are answered now.
    private static final int MAX_OF_ALL = 4 * MAX_OF_QUERY;

    private final Semaphore free = new Semaphore(MAX_OF_ALL);

    /// What one query holds, until it is closed.
    final class Room implements AutoCloseable {
        private final AtomicInteger taken = new AtomicInteger();

        /// @param length of an answer, in characters
        /// @throws Refusal.TooLarge when the query has read more than it may
        /// @throws Refusal.Unavailable when others have read much now
        void take(int length) {
            if (taken.get() + length > MAX_OF_QUERY) {
                throw new Refusal.TooLarge("This query reads too much at once. Ask for fewer, or for fewer fields.");
            }
            if (!free.tryAcquire(length)) {
                throw new Refusal.Unavailable("Other queries hold too much data. Try again in a moment.");
            }
            taken.addAndGet(length);
        }

        @Override
        public void close() {
            free.release(taken.getAndSet(0));
        }
    }

    Room room() {
        return new Room();
    }
}
