package tarn.gateway;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tarn.platform.problem.Refusal;

/// Lets the process end without cutting anybody off. Once it is told to end, requests that are under way have
/// ten seconds; later ones are refused with 503 and their connections closed, so that clients go elsewhere.
@Singleton
final class Drain implements Step {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// How long requests on connections that are still open are refused after the last one was answered.
    private static final Duration LINGER = Duration.ofMillis(250);

    private static final Duration POLL = Duration.ofMillis(10);

    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean draining;
    private volatile long lastSeen = System.nanoTime();

    @Override
    public void take(Exchange exchange) {
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

    /// Returns when the process may end.
    void await(@Observes ShutdownDelayInitiatedEvent told) {
        draining = true;
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TIMEOUT.toNanos() && isBusy(begin)) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /// New requests are answered at once, but do not keep the process from ending for more than four lingers.
    private boolean isBusy(long begin) {
        long now = System.nanoTime();
        boolean wanted = now - lastSeen < LINGER.toNanos() && now - begin < 4 * LINGER.toNanos();
        return underWay.get() > 0 || wanted;
    }
}
