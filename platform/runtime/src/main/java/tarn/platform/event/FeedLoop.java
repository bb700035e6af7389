package tarn.platform.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads a feed on a thread of its own and gives each batch to a handler, then saves the cursor.
///
/// A handler may be given events again, when the process ends before the cursor is saved or several
/// processes read for one consumer: its effects must be idempotent. A handler that fails is given
/// the same events again, after 1 s at first and 30 s at most.
public final class FeedLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FeedLoop.class);

    /// Polling interval while events came in during the last minute.
    private static final Duration LIVELY_POLL = Duration.ofMillis(100);

    private static final Duration LIVELY = Duration.ofMinutes(1);

    /// Polling interval otherwise.
    private static final Duration IDLE_POLL = Duration.ofSeconds(1);

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

    private final String name;
    private final Feed feed;
    private final EventSignal signal;
    private final Duration linger;
    private final Consumer<List<DeliveredEvent>> handler;
    private volatile boolean closed;
    private @Nullable Thread thread;

    /// @param name of the thread
    /// @param linger minimum time after a batch that is not full, so that single events share a commit
    /// of the cursor
    public FeedLoop(
            String name, Feed feed, EventSignal signal, Duration linger, Consumer<List<DeliveredEvent>> handler) {
        this.name = name;
        this.feed = feed;
        this.signal = signal;
        this.linger = linger;
        this.handler = handler;
    }

    /// Starts the thread.
    public synchronized void begin() {
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        Duration backoff = IDLE_POLL;
        long lively = System.nanoTime() - LIVELY.toNanos();
        try {
            while (!closed) {
                long seen = signal.commits();
                try {
                    int handled = next();
                    if (handled > 0) {
                        lively = System.nanoTime();
                        backoff = IDLE_POLL;
                    }
                    if (handled > 0 && handled < Feed.BATCH) {
                        TimeUnit.NANOSECONDS.sleep(linger.toNanos());
                    } else if (handled == 0) {
                        signal.await(seen, System.nanoTime() - lively < LIVELY.toNanos() ? LIVELY_POLL : IDLE_POLL);
                    }
                } catch (RuntimeException failure) {
                    if (closed) {
                        return;
                    }
                    LOG.warnf(
                            failure,
                            "%s could not handle events; it is tried again in %d s",
                            name,
                            backoff.toSeconds());
                    TimeUnit.NANOSECONDS.sleep(backoff.toNanos());
                    backoff =
                            backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? backoff.multipliedBy(2) : MAX_BACKOFF;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Handles a batch; returns its number of events.
    private int next() {
        FeedBatch batch = feed.read();
        if (batch == null) {
            return 0;
        }
        handler.accept(batch.events());
        feed.advance(batch);
        return batch.events().size();
    }

    /// Stops the thread and waits for it, at most 2 s.
    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(2));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
