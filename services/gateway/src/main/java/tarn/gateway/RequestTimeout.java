package tarn.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tarn.platform.problem.Refusal;

/// Answers 503 `took-too-long` and closes the connection when a service has not responded 3 s after
/// the request's deadline of 60 s (`tarn.request.timeout`).
@Singleton
final class RequestTimeout implements GatewayFilter {

    /// Time beyond the deadline that a response is awaited.
    static final Duration LINGER = Duration.ofSeconds(3);

    private static final long SWEEP_MILLIS = 1_000;

    private final Vertx vertx;
    private final Duration timeout;
    private final Map<GatewayExchange, Waiting> waiting = new ConcurrentHashMap<>();

    /// @param seconds that a request may run
    RequestTimeout(@ConfigProperty(name = "tarn.request.timeout", defaultValue = "60") int seconds, Vertx vertx) {
        this.vertx = vertx;
        this.timeout = Duration.ofSeconds(seconds);
        vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
    }

    Duration duration() {
        return timeout;
    }

    private record Waiting(Context loop, long end) {}

    @Override
    public void take(GatewayExchange exchange) {
        if (exchange.route().target() == Route.Target.SERVICE) {
            long end = System.nanoTime() + timeout.plus(LINGER).toNanos();
            waiting.put(exchange, new Waiting(vertx.getOrCreateContext(), end));
            exchange.atEnd(() -> waiting.remove(exchange));
        }
        exchange.next();
    }

    private void sweep() {
        long now = System.nanoTime();
        waiting.forEach((exchange, one) -> {
            if (now - one.end >= 0 && waiting.remove(exchange, one)) {
                one.loop.runOnContext(_ -> giveUp(exchange));
            }
        });
    }

    private static void giveUp(GatewayExchange exchange) {
        if (!exchange.response().headWritten() && !exchange.response().closed()) {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            exchange.refuse(new Refusal.TookTooLong());
        }
    }
}
