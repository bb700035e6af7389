package tarn.gateway;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tarn.platform.problem.Refusal;

/// Graceful shutdown: running requests get 10 s to finish, live streams end at once, new requests
/// get 503 and their connections are closed.
@Singleton
final class GracefulShutdown implements GatewayFilter {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// Time without new requests after which the process may end.
    private static final Duration LINGER = Duration.ofMillis(250);

    private static final Duration POLL = Duration.ofMillis(10);

    private final OpenStreams streams;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean draining;
    private volatile long lastSeen = System.nanoTime();

    GracefulShutdown(OpenStreams streams) {
        this.streams = streams;
    }

    @Override
    public void take(GatewayExchange exchange) {
        lastSeen = System.nanoTime();
        // Counted before it is looked whether this ends: the end waits for it, or it is refused.
        underWay.incrementAndGet();
        exchange.atEnd(underWay::decrementAndGet);
        exchange.context().addHeadersEndHandler(_ -> {
            if (draining) {
                exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
        });
        if (draining) {
            throw new Refusal.Unavailable("Tarn is being stopped. Try again later.");
        }
        exchange.next();
    }

    /// Blocks until the process may end.
    void await(@Observes ShutdownDelayInitiatedEvent told) {
        draining = true;
        streams.end();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TIMEOUT.toNanos() && isBusy(begin)) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /// Whether requests are running or clients keep sending; the latter delays the end by at most
    /// four lingers.
    private boolean isBusy(long begin) {
        long now = System.nanoTime();
        boolean wanted = now - lastSeen < LINGER.toNanos() && now - begin < 4 * LINGER.toNanos();
        return underWay.get() > 0 || wanted;
    }
}
