package tarn.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The memory that the bodies of all requests share: 8 MB.
///
/// A parsed body takes some twenty times its bytes, so that this is what the heap can bear.
@Singleton
final class BodyMemory {

    /// Bytes of all bodies together.
    static final int MAX_BYTES = 8 * 1024 * 1024;

    /// Milliseconds that a body in a file waits for memory.
    static final long QUEUE_TIMEOUT_MILLIS = 10_000;

    private final Vertx vertx;
    private final Queue<Waiter> queue = new ArrayDeque<>();
    private int held;

    BodyMemory(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Takes bytes if there are enough.
    synchronized boolean tryTake(int bytes) {
        if (held + bytes > MAX_BYTES || !queue.isEmpty()) {
            return false;
        }
        held += bytes;
        return true;
    }

    /// Takes bytes as soon as there are enough, in the order of asking.
    ///
    /// @param answer called on the caller's event loop: whether they are taken, or that took too long
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

    /// Forgets whom it has answered: the timer that holds it would keep the request and its body for seconds.
    private static final class Waiter {
        private final int bytes;
        private @Nullable Consumer<Boolean> answer;

        Waiter(int bytes, Consumer<Boolean> answer) {
            this.bytes = bytes;
            this.answer = answer;
        }

        /// Called once, by who has taken it from the queue.
        void answer(boolean taken) {
            Consumer<Boolean> waiting = Objects.requireNonNull(answer);
            answer = null;
            waiting.accept(taken);
        }
    }
}
