package tarn.standalone;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Writes log lines to standard error in batches on its own thread, at most 2 ms late, so that
/// requests do not wait for a system call per line.
///
/// It holds 64 KiB, then writers wait. Only a kill or lack of memory loses the last batch.
final class BatchingStderr extends OutputStream {

    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration MAX_END = Duration.ofSeconds(5);
    private static final int MAX_WAITING = 1 << 16;

    private final PrintStream out;
    private final Thread thread = Thread.ofPlatform().daemon().name("log").unstarted(this::writeOn);
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean ending;
    private boolean ended;

    private BatchingStderr(PrintStream out) {
        this.out = out;
    }

    /// A stream that writes to `out`.
    static BatchingStderr to(PrintStream out) {
        BatchingStderr shared = new BatchingStderr(out);
        shared.thread.start();
        return shared;
    }

    /// Replaces standard error until this process ends.
    static void ofStandardError() {
        BatchingStderr shared = to(System.err);
        System.setErr(new PrintStream(shared, false, System.err.charset()));
        Runtime.getRuntime().addShutdownHook(new Thread(shared::end, "log-end"));
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        try {
            while (waiting.size() > MAX_WAITING && !ended) {
                wait();
            }
        } catch (InterruptedException stopped) {
            // Then a little more waits than should.
            Thread.currentThread().interrupt();
        }
        if (ended) {
            out.write(bytes, from, length);
            out.flush();
        } else {
            waiting.write(bytes, from, length);
            notifyAll();
        }
    }

    private void writeOn() {
        for (byte[] some = next(); some != null; some = next()) {
            out.write(some, 0, some.length);
            out.flush();
        }
    }

    /// The waiting bytes, once there are some; null at the end.
    private byte @Nullable [] next() {
        try {
            if (awaitSome()) {
                // What comes meanwhile is written along.
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return takeAll();
    }

    /// @return whether more bytes may follow
    private synchronized boolean awaitSome() throws InterruptedException {
        while (waiting.size() == 0 && !ending) {
            wait();
        }
        return !ending;
    }

    private synchronized byte @Nullable [] takeAll() {
        byte[] all = waiting.toByteArray();
        waiting.reset();
        ended = ending && all.length == 0;
        notifyAll();
        return ended ? null : all;
    }

    /// Writes what waits, for at most 5 s; later writes go through directly.
    void end() {
        synchronized (this) {
            ending = true;
            notifyAll();
        }
        try {
            thread.join(MAX_END);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
