package tarn.platform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Work that is asked for at the same time, done together: most of what a small query or transaction
/// costs, on both sides of the connection, is not its rows.
///
/// Who asks while nothing is under way is served at once. Who asks while the most batches are under
/// way waits for the next one and shares it. A batch begins after everything in it was asked for: who
/// has changed something reads the change.
///
/// Not for use in a transaction, whose changes the batch would not see.
public final class Batcher<T, R> {

    private record Waiting<T, R>(T item, CompletableFuture<R> result) {}

    private final int mostUnderWay;
    private final int mostItems;
    private final Function<List<T>, List<R>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting<T, R>> queue = new ArrayDeque<>();
    private int underWay;

    /// @param mostUnderWay how many batches may be under way at once
    /// @param mostItems the most items of a batch
    /// @param work gives the result of each item, in their order; what it throws is everybody's
    public Batcher(int mostUnderWay, int mostItems, Function<List<T>, List<R>> work) {
        this.mostUnderWay = mostUnderWay;
        this.mostItems = mostItems;
        this.work = work;
    }

    /// The result for one item. Throws what the work throws.
    public R submit(T item) {
        Waiting<T, R> own = new Waiting<>(item, new CompletableFuture<>());
        if (enter(own)) {
            run(List.of(own));
            leave();
        }
        try {
            return own.result().join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /// Whether this one may begin a batch; it waits in the queue otherwise.
    private boolean enter(Waiting<T, R> own) {
        lock.lock();
        try {
            if (underWay < mostUnderWay) {
                underWay++;
                return true;
            }
            queue.add(own);
            return false;
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
            batch = next();
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
            List<Waiting<T, R>> batch = new ArrayList<>(Math.min(queue.size(), mostItems));
            while (batch.size() < mostItems && !queue.isEmpty()) {
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
            // Those who wait would get the same, only later.
            batch.forEach(one -> one.result().completeExceptionally(failure));
            failWaiting(failure);
        }
    }

    private void failWaiting(Throwable failure) {
        List<Waiting<T, R>> waiting;
        lock.lock();
        try {
            waiting = List.copyOf(queue);
            queue.clear();
        } finally {
            lock.unlock();
        }
        waiting.forEach(one -> one.result().completeExceptionally(failure));
    }
}
