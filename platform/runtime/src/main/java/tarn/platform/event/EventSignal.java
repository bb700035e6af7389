package tarn.platform.event;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Wakes the feeds of this process when one of its transactions has written events and committed.
///
/// Transactions of other processes wake nobody here, so feeds also poll.
@Singleton
public final class EventSignal {

    private long commits;

    synchronized void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) EventsWritten written) {
        commits++;
        notifyAll();
    }

    /// Number of commits so far, read before reading the feed.
    public synchronized long commits() {
        return commits;
    }

    /// Waits for a commit after the given number, at most for this time.
    public synchronized void await(long seen, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        long left = time.toNanos();
        while (commits == seen && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }
}
