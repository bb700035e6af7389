package tarn.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Memory budget of 8 MiB for the bodies of all requests, since parsing a body takes some twenty
/// times its bytes of heap; a body stored in a file waits up to 10 s for room, in order of arrival.
/// Files of imports stay on the disk and do not count.
@Singleton
final class BodyMemory {

    /// Bytes of all bodies in memory.
    static final int MAX_BYTES = 8 * 1024 * 1024;

    /// Time a body stored in a file waits for memory.
    static final long QUEUE_TIMEOUT_MILLIS = 10_000;

    private final Vertx vertx;
    private final Queue<Waiter> queue = new ArrayDeque<>();
    private int held;

    BodyMemory(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Takes bytes if available.
    synchronized boolean tryTake(int bytes) {
        if (held + bytes > MAX_BYTES || !queue.isEmpty()) {
            return false;
        }
        held += bytes;
        return true;
    }

    /// Takes bytes once available, first come first served.
    ///
    /// @param answer called on the caller's event loop: whether the bytes were taken before the
    /// timeout
    void take(int bytes, Consumer<Boolean> answer) {
        Context caller = vertx.getOrCreateContext();
        Waiter waiter = new Waiter(bytes, taken -> caller.runOnContext(nothing -> answer.accept(taken)));
        synchronized (this) {
            queue.add(waiter);
        }
        serve();
        vertx.setTimer(QUEUE_TIMEOUT_MILLIS, _ -> {
            boolean waited;
            synchronized (this) {
                waited = queue.remove(waiter);
            }
            if (waited) {
                waiter.answer(false);
                serve();
            }
        });
    }

    void release(int bytes) {
        synchronized (this) {
            held -= bytes;
        }
        serve();
    }

    private void serve() {
        while (true) {
            Waiter next;
            synchronized (this) {
                next = queue.peek();
                if (next == null || held + next.bytes > MAX_BYTES) {
                    return;
                }
                queue.remove();
                held += next.bytes;
            }
            next.answer(true);
        }
    }

    /// A waiting body; drops its callback once called, because its timer would hold request and
    /// body in memory for seconds.
    private static final class Waiter {
        private final int bytes;
        private @Nullable Consumer<Boolean> answer;

        Waiter(int bytes, Consumer<Boolean> answer) {
            this.bytes = bytes;
            this.answer = answer;
        }

        /// Called once, by the thread that removed it from the queue.
        void answer(boolean taken) {
            Consumer<Boolean> waiting = Objects.requireNonNull(answer);
            answer = null;
            waiting.accept(taken);
        }
    }
}
