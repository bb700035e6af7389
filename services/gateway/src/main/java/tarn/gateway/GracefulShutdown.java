package tarn.gateway;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tarn.platform.problem.Refusal;
import tarn.platform.service.Routes;

/// Graceful shutdown: requests are answered within 10 s and their connections closed; live streams
/// end at once. New connections are refused, so that clients turn to another gateway, unless
/// services of this process need them for each other.
@Singleton
final class GracefulShutdown implements GatewayFilter {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// Time without new requests after which the process may end.
    private static final Duration LINGER = Duration.ofMillis(250);

    /// Longest time that clients which keep sending delay the end.
    private static final Duration MAX_LINGER = Duration.ofSeconds(1);

    /// The same where new connections are refused, so that clients run out of open ones.
    private static final Duration MAX_LINGER_APART = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(10);

    private final OpenStreams streams;
    private final boolean apart;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean draining;
    private volatile boolean ended;
    private volatile long lastSeen = System.nanoTime();

    GracefulShutdown(OpenStreams streams, Routes routes) {
        this.streams = streams;
        this.apart = !routes.elsewhere("identity").isEmpty();
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
                exchange.atEnd(() -> exchange.request().connection().close());
            }
        });
        if (ended) {
            throw new Refusal.Unavailable("Tarn is being stopped. Try again later.");
        }
        exchange.next();
    }

    /// Blocks until the process may end.
    void await(@Observes ShutdownDelayInitiatedEvent told) {
        draining = true;
        streams.end();
        if (apart) {
            ConnectionTransport.stopListening();
        }
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TIMEOUT.toNanos() && isBusy(begin)) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        ended = true;
    }

    /// Whether requests are running or clients keep sending.
    private boolean isBusy(long begin) {
        long now = System.nanoTime();
        Duration most = apart ? MAX_LINGER_APART : MAX_LINGER;
        boolean wanted = now - lastSeen < LINGER.toNanos() && now - begin < most.toNanos();
        return underWay.get() > 0 || wanted;
    }
}
