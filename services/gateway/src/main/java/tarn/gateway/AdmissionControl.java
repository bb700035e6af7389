package tarn.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import tarn.platform.security.Caller;

/// Sheds load per service: 40 to 100 requests in flight, 20 per core, of which one user may have 80
/// %, or 40 % while others ask; the excess waits in an [AdmissionQueue] or gets 503 `overloaded`.
///
/// Requests for which a password is hashed wait seconds for their turn in identity; 64 of them are
/// in flight beside the others, so that fifty people who register at once are all answered.
///
/// Calls between services belong to an admitted request and do not count, nor do files, health
/// checks and the gateway's own search and queries. Imports are limited by [BodyReader], live
/// streams by [OpenStreams], queries by their own limit.
@Singleton
final class AdmissionControl implements GatewayFilter {

    /// Concurrent requests of one service: 20 per core, between 40 and 100.
    static final int MAX_IN_FLIGHT = Math.clamp(20L * Runtime.getRuntime().availableProcessors(), 40, 100);

    /// Concurrent requests of one user, or of one address without a user, while nobody else asks.
    static final int MAX_IN_FLIGHT_OF_USER = ofUser(MAX_IN_FLIGHT);

    /// Concurrent requests for which a password is hashed: as many as identity's hasher queues.
    static final int MAX_HASHING = 64;

    private static final long SWEEP_MILLIS = 5;

    private final Vertx vertx;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final Gate hashing = new Gate(MAX_HASHING);

    AdmissionControl(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public void take(GatewayExchange exchange) {
        HttpServerResponse response = exchange.response();
        if (!counts(exchange)) {
            exchange.next();
        } else if (response.writeQueueFull()) {
            // Who does not read the last answer gets no turn for the next: writing it would have to wait.
            response.drainHandler(_ -> {
                response.drainHandler(null);
                exchange.attempt(() -> enter(exchange));
            });
        } else {
            enter(exchange);
        }
    }

    private void enter(GatewayExchange exchange) {
        Route route = exchange.route();
        Gate gate = route.hashesPassword(exchange.request().method().name())
                ? hashing
                : gates.computeIfAbsent(route.service(), _ -> new Gate(MAX_IN_FLIGHT));
        gate.enter(exchange);
    }

    private static int ofUser(int inFlight) {
        return inFlight * 4 / 5;
    }

    private static boolean counts(GatewayExchange exchange) {
        Caller caller = exchange.caller();
        return exchange.route().target() == Route.Target.SERVICE
                && !exchange.route().service().equals("gateway")
                && !exchange.route().isStream()
                && BodyLimit.of(exchange) != BodyLimit.IMPORT
                && (caller == null || caller.kind() != Caller.Kind.SERVICE);
    }

    private static void refuse(GatewayExchange exchange) {
        exchange.refuse(503, "overloaded", "Tarn is overloaded. Try again in a moment.");
    }

    /// Admission to one service, or to its hashing of passwords.
    private final class Gate {

        private final AdmissionQueue queue;
        private final AtomicBoolean sweeping = new AtomicBoolean();

        Gate(int maxInFlight) {
            this.queue = new AdmissionQueue(maxInFlight, ofUser(maxInFlight), System::nanoTime);
        }

        void enter(GatewayExchange exchange) {
            Caller caller = exchange.caller();
            Object user = caller == null ? RateLimit.network(exchange.address()) : caller.id();
            Context loop = vertx.getOrCreateContext();
            AdmissionQueue.Ticket ticket = new AdmissionQueue.Ticket(
                    user, () -> loop.runOnContext(_ -> goOn(exchange)), () -> loop.runOnContext(_ -> refuse(exchange)));
            // The head tells that the work is done: a client that reads slowly keeps nobody from a turn.
            exchange.context().addHeadersEndHandler(_ -> queue.leave(ticket));
            exchange.atEnd(() -> queue.leave(ticket));
            switch (queue.enter(ticket)) {
                case ADMITTED -> exchange.next();
                case REFUSED -> refuse(exchange);
                case WAITING -> sweep();
            }
        }

        private void goOn(GatewayExchange exchange) {
            if (!exchange.response().closed()) {
                exchange.next();
            }
        }

        /// Sweeps the queue every 5 ms while requests wait.
        private void sweep() {
            if (sweeping.compareAndSet(false, true)) {
                vertx.setTimer(SWEEP_MILLIS, _ -> {
                    sweeping.set(false);
                    if (queue.sweep()) {
                        sweep();
                    }
                });
            }
        }
    }
}
