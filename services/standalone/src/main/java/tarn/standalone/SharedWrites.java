package tarn.standalone;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// An output whose lines are written together, some milliseconds' worth at a time, by a thread of its own:
/// every request writes a line, and who serves requests need not wait for a system call each time, nor for
/// whoever reads the log.
///
/// What was written is gone with the process only when that is killed or runs out of memory, and then the last
/// few milliseconds. From the moment it is told to end everything is written at once.
final class SharedWrites extends OutputStream {

    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int MOST_BYTES = 1 << 16;

    private final PrintStream out;
    private final byte[] waiting = new byte[MOST_BYTES];
    private int size;
    private boolean ending;

    SharedWrites(PrintStream out) {
        this.out = out;
    }

    /// Lets standard error be written so, until this process ends.
    static void ofStandardError() {
        SharedWrites shared = new SharedWrites(System.err);
        System.setErr(new PrintStream(shared, false, StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("log").start(shared::writeOn);
        Runtime.getRuntime().addShutdownHook(new Thread(shared::end, "log-end"));
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        if (ending || size + length > MOST_BYTES) {
            drain();
            out.write(bytes, from, length);
            out.flush();
            return;
        }
        System.arraycopy(bytes, from, waiting, size, length);
        if (size == 0) {
            notifyAll();
        }
        size += length;
    }

    private void writeOn() {
        try {
            while (awaitSome()) {
                Thread.sleep(PAUSE);
                synchronized (this) {
                    drain();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitSome() throws InterruptedException {
        while (size == 0 && !ending) {
            wait();
        }
        return !ending;
    }

    /// From now on nothing waits.
    synchronized void end() {
        ending = true;
        notifyAll();
        drain();
    }

    private void drain() {
        int length = size;
        size = 0;
        out.write(waiting, 0, length);
        out.flush();
    }
}
