package tarn.gateway.graph;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import tarn.platform.problem.Refusal;

/// Bounds the service responses that queries hold in memory: 4 Mi characters per query, 16 Mi for
/// all.
@Singleton
final class GraphMemory {

    /// Characters held by one query.
    static final int MAX_OF_QUERY = 4 * 1024 * 1024;

    /// Characters held by all running queries.
    private static final int MAX_OF_ALL = 4 * MAX_OF_QUERY;

    private final Semaphore free = new Semaphore(MAX_OF_ALL);

    /// The memory of one query, until closed.
    final class Room implements AutoCloseable {
        private final AtomicInteger taken = new AtomicInteger();

        /// @param length of a response in characters
        /// @throws Refusal.TooLarge when the query exceeds its limit
        /// @throws Refusal.Unavailable when all queries together exceed theirs
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
