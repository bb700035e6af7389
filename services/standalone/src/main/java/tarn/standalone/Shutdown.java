package tarn.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Orderly shutdown of this process: after a signal (Ctrl-C, `kill`) the JVM stays, for 60 s at most, until
/// everything that was opened is closed in reverse order.
final class Shutdown {

    /// Requests in flight have ten seconds, PostgreSQL has thirty; then the end comes anyway.
    private static final int MAX_SECONDS = 60;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    /// Listens for signals from now on.
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

    /// Waits for the request, at most so long.
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

    /// Waits for the request.
    void await() {
        try {
            requested.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Everything is closed.
    void done() {
        done.countDown();
    }
}
