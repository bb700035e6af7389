package tarn.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// One process of a service behind the proxy, and whether requests should go there now.
///
/// It is left alone for 1 s after it has refused a connection or said that it stops, and as long as
/// requests wait there and none has been answered for 2 s.
final class UpstreamInstance {

    /// Time without a request after a refusal.
    static final Duration PAUSE = Duration.ofSeconds(1);

    /// Time without an answer after which it counts as silent.
    static final Duration SILENCE = Duration.ofSeconds(2);

    private final String host;
    private final int port;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong pausedUntil = new AtomicLong();
    private volatile long heard;

    UpstreamInstance(URI at) {
        this.host = at.getHost();
        this.port = at.getPort() > 0 ? at.getPort() : "https".equals(at.getScheme()) ? 443 : 80;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /// Counts a request that waits for its answer.
    void sent() {
        if (waiting.getAndIncrement() == 0) {
            heard = System.nanoTime();
        }
    }

    /// Counts an answer.
    void answered() {
        waiting.decrementAndGet();
        heard = System.nanoTime();
        pausedUntil.set(0);
    }

    /// Counts a request that gets no answer.
    void lost() {
        waiting.decrementAndGet();
        heard = System.nanoTime();
    }

    /// Leaves it alone for a second.
    void pause() {
        pausedUntil.set(soon());
    }

    /// Whether a request may go there. After a pause one may, and the others once it is answered.
    boolean isAvailable() {
        long now = System.nanoTime();
        long until = pausedUntil.get();
        boolean paused = until != 0 && (now - until < 0 || !pausedUntil.compareAndSet(until, soon()));
        boolean silent = waiting.get() > 0 && now - heard > SILENCE.toNanos();
        return !paused && !silent;
    }

    private static long soon() {
        long until = System.nanoTime() + PAUSE.toNanos();
        return until == 0 ? 1 : until;
    }
}
