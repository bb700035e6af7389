package tarn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/// POSIX signals, such as `STOP`, which freezes a process, and `CONT`, which wakes it.
public final class Signal {

    private Signal() {}

    /// Sends a signal by the program `kill`, because Java knows only two of them.
    ///
    /// @param name without `SIG`
    public static void send(String name, ProcessHandle process) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill -" + name + ' ' + process.pid() + " ended with " + status);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
