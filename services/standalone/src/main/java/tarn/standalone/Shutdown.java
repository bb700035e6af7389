package tarn.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Graceful shutdown: after a signal (Ctrl-C, `kill`) the JVM stays up to 60 s while resources are
/// closed in reverse order.
final class Shutdown {

    /// Running requests get 10 s, PostgreSQL 30 s.
    private static final int MAX_SECONDS = 60;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    /// Registers for signals.
    static Shutdown onSignal() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::requestAndAwait, "shutdown"));
        return shutdown;
    }

    private void requestAndAwait() {
        requested.countDown();
        try {
            if (!done.await(MAX_SECONDS, TimeUnit.SECONDS)) {
                Console.say("Not everything has ended in " + MAX_SECONDS + " seconds.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /// Waits for the signal, up to a timeout.
    ///
    /// @return whether it came
    boolean await(long milliseconds) {
        try {
            return requested.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// Waits for the signal.
    void await() {
        try {
            requested.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets the JVM end, once everything is closed.
    void done() {
        done.countDown();
    }
}
