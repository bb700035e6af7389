package tarn.standalone;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Graceful shutdown: after a signal (Ctrl-C, `kill`) the JVM stays up to 60 s while resources are
/// closed in reverse order.
final class Shutdown {

    /// Running requests get 10 s, PostgreSQL 30 s.
    private static final int MAX_SECONDS = 60;

    /// Seconds that other shutdown hooks get once everything is closed. Quarkus' own hook waits
    /// without limit when nobody reads standard error.
    private static final int MAX_LINGER_SECONDS = 3;

    private static final int EXIT_CODE_OF_SIGTERM = 143;

    private final CompletableFuture<@Nullable Void> requested = new CompletableFuture<>();
    private final CountDownLatch done = new CountDownLatch(1);

    /// Registers for signals.
    static Shutdown onSignal() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::requestAndAwait, "shutdown"));
        return shutdown;
    }

    private void requestAndAwait() {
        requested.complete(null);
        try {
            if (!done.await(MAX_SECONDS, TimeUnit.SECONDS)) {
                Console.say("Not everything has ended in " + MAX_SECONDS + " seconds.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRequested() {
        return requested.isDone();
    }

    /// Completes with the signal.
    CompletableFuture<@Nullable Void> requested() {
        return requested.copy();
    }

    /// Waits for the signal, up to a timeout.
    ///
    /// @return whether it came
    boolean await(long milliseconds) {
        try {
            requested.get(milliseconds, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// Waits for the signal.
    void await() {
        requested.join();
    }

    /// Lets the JVM end, once everything is closed.
    void done() {
        done.countDown();
        if (isRequested()) {
            CompletableFuture.delayedExecutor(MAX_LINGER_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> Runtime.getRuntime().halt(EXIT_CODE_OF_SIGTERM));
        }
    }
}
