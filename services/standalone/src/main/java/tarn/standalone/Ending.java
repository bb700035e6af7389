package tarn.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The way this process ends: a signal (Ctrl-C, `kill`) says that it should, and the JVM then stays
/// until everything that was opened is closed again, in order.
final class Ending {

    /// Requests in flight have ten seconds, PostgreSQL has thirty; then the end comes anyway.
    private static final int LONGEST_SECONDS = 60;

    private final CountDownLatch wished = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    /// Listens for signals from now on.
    static Ending onSignal() {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(ending::wishAndAwait, "ending"));
        return ending;
    }

    private void wishAndAwait() {
        wished.countDown();
        try {
            if (!done.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                Console.say("Not everything has ended in " + LONGEST_SECONDS + " seconds.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isWished() {
        return wished.getCount() == 0;
    }

    /// Waits for the wish, at most so long.
    ///
    /// @return whether it came
    boolean await(long milliseconds) {
        try {
            return wished.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// Waits for the wish.
    void await() {
        try {
            wished.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Everything is closed.
    void done() {
        done.countDown();
    }
}
