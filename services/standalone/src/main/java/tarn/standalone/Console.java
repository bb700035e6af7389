package tarn.standalone;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The operator's terminal: results on standard output, messages and logs on standard error; and
/// the end of this process.
///
/// Writing to a full pipe that nobody reads blocks, so each stream has a daemon thread that writes
/// to it and no caller needs that thread in order to end.
final class Console {

    private static final int MAX_WAITING_LINES = 100;
    private static final long MAX_WAIT_MILLIS = 1_000;
    private static final long POLL_MILLIS = 100;

    private static final ExecutorService RESULTS = writer("console-results");
    private static final ExecutorService MESSAGES = writer("console-messages");

    private Console() {}

    /// Discards lines while too many wait.
    private static ExecutorService writer(String name) {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING_LINES),
                task -> Thread.ofPlatform().name(name).daemon().unstarted(task),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /// Whether input and output are a terminal.
    static boolean isTerminal() {
        return Optional.ofNullable(System.console())
                .map(java.io.Console::isTerminal)
                .orElse(false);
    }

    /// Prints a result, and waits until it is written or the process is to end.
    static void show(String text, Shutdown shutdown) {
        Future<?> written = RESULTS.submit(() -> print(System.out, text));
        while (!isWritten(written, POLL_MILLIS) && !shutdown.isRequested()) {
            // A reader may take its time, such as a pager.
        }
    }

    /// Prints a message of one line, and waits up to 1 s for it to be written.
    static void say(String line) {
        isWritten(MESSAGES.submit(() -> print(System.err, "tarn: " + line)), MAX_WAIT_MILLIS);
    }

    private static void print(PrintStream stream, String line) {
        stream.println(line);
        stream.flush();
    }

    private static boolean isWritten(Future<?> written, long milliseconds) {
        try {
            written.get(milliseconds, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    static void exit(int code) {
        System.exit(code);
    }
}
