package tarn.tasks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs concurrent requests of the same kind together in one call, to share the fixed cost of a
/// small query or transaction.
///
/// A request runs at once while no batch is running; otherwise it joins the next batch. When the
/// running batch takes long, a second one starts beside it. A batch contains only requests made
/// before it started, so a caller reads its own earlier changes.
///
/// Not for use inside a transaction, whose changes the batch would not see.
final class Batcher<T, R> {

    private record Waiting<T, R>(T item, CompletableFuture<R> result) {}

    private static final int MAX_UNDER_WAY = 2;

    private static final long MAX_GATHERING = TimeUnit.MILLISECONDS.toNanos(1);

    /// A few times it may be the turn of those who answer the last batch first.
    private static final int MAX_IN_VAIN = 4;

    private final Duration linger;
    private final int maxItems;
    private final Function<List<T>, List<R>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting<T, R>> queue = new ArrayDeque<>();
    private int underWay;

    /// @param linger how long the first who waits does so before a second batch begins
    /// @param maxItems the most items of a batch
    /// @param work gives the result of each item, in their order; what it throws is everybody's
    Batcher(Duration linger, int maxItems, Function<List<T>, List<R>> work) {
        this.linger = linger;
        this.maxItems = maxItems;
        this.work = work;
    }

    /// The result for one item. Throws what the work throws.
    R submit(T item) {
        Waiting<T, R> own = new Waiting<>(item, new CompletableFuture<>());
        switch (enter(own)) {
            case BEGINS -> {
                run(List.of(own));
                leave();
            }
            case WAITS_FIRST -> keepWatch(own);
            case WAITS -> {}
        }
        try {
            return own.result().get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause
                    ? cause
                    : new CompletionException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while waiting for a batch", stopped);
        }
    }

    private enum Entry {
        BEGINS,
        /// First of those with whom it shares a batch.
        WAITS_FIRST,
        WAITS
    }

    private Entry enter(Waiting<T, R> own) {
        lock.lock();
        try {
            if (underWay == 0) {
                underWay++;
                return Entry.BEGINS;
            }
            queue.add(own);
            return queue.size() % maxItems == 1 % maxItems ? Entry.WAITS_FIRST : Entry.WAITS;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for one's result, or begins a second batch with all who wait when it does not come.
    private void keepWatch(Waiting<T, R> own) {
        while (!own.result().isDone()) {
            try {
                own.result().get(linger.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                List<Waiting<T, R>> batch = overtake(own);
                if (batch != null) {
                    run(batch);
                    leave();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException failed) {
                // Whoever takes the result hears of it.
            }
        }
    }

    /// Those who wait, to be done beside a slow batch; null when it is not for this one to begin.
    private @Nullable List<Waiting<T, R>> overtake(Waiting<T, R> own) {
        lock.lock();
        try {
            if (!own.equals(queue.peek()) || underWay == MAX_UNDER_WAY) {
                return null;
            }
            underWay++;
            return next();
        } finally {
            lock.unlock();
        }
    }

    /// Whoever began a batch has their result: another thread goes on with those who wait.
    private void leave() {
        List<Waiting<T, R>> next = next();
        if (next != null) {
            Thread.ofVirtual().name("batcher").start(() -> drain(next));
        }
    }

    private void drain(List<Waiting<T, R>> first) {
        List<Waiting<T, R>> batch = first;
        while (batch != null) {
            run(batch);
            gather();
            batch = next();
        }
    }

    /// Lets those who are about to ask do so first, until that brings nobody several times in a row: they share
    /// the next batch.
    @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on it but the size of batches.
    private void gather() {
        long end = System.nanoTime() + MAX_GATHERING;
        int before = waiting();
        for (int inVain = 0; inVain < MAX_IN_VAIN && before < maxItems && System.nanoTime() < end; ) {
            Thread.yield();
            int now = waiting();
            inVain = now > before ? 0 : inVain + 1;
            before = now;
        }
    }

    private int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /// Those who wait; null when nobody does, and one batch less is under way then.
    private @Nullable List<Waiting<T, R>> next() {
        lock.lock();
        try {
            if (queue.isEmpty()) {
                underWay--;
                return null;
            }
            List<Waiting<T, R>> batch = new ArrayList<>(Math.min(queue.size(), maxItems));
            while (batch.size() < maxItems && !queue.isEmpty()) {
                batch.add(queue.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void run(List<Waiting<T, R>> batch) {
        try {
            List<R> results = work.apply(batch.stream().map(Waiting::item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(results.get(i));
            }
        } catch (RuntimeException | Error failure) {
            batch.forEach(one -> one.result().completeExceptionally(failure));
            failWaiting(failure);
        }
    }

    /// Those who wait would get the same, only later; unless another batch does well and serves them next.
    private void failWaiting(Throwable failure) {
        List<Waiting<T, R>> waiting;
        lock.lock();
        try {
            waiting = underWay == 1 ? List.copyOf(queue) : List.of();
            queue.removeAll(waiting);
        } finally {
            lock.unlock();
        }
        waiting.forEach(one -> one.result().completeExceptionally(failure));
    }
}
