package tarn.platform.service;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Problem;

/// Refuses new requests with 503 once this process, of a service without the gateway, has been told
/// to end, so that callers go to another process of the service. Running requests are finished.
@Singleton
public final class StoppingService {

    /// Header of a refusal: nothing has been done, and the request may be sent elsewhere.
    public static final String HEADER = "Tarn-Stopping";

    /// Filter priority: before everything else.
    private static final int FIRST = 100_000;

    /// Time without new requests after which the process may end.
    private static final Duration LINGER = Duration.ofMillis(250);

    /// Time without requests after which nobody is waited for.
    private static final Duration IDLE = Duration.ofSeconds(5);

    private static final Duration MAX_LINGER = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(10);

    private final boolean apart;
    private volatile boolean stopping;
    private volatile long lastSeen = System.nanoTime();

    StoppingService(@ConfigProperty(name = "tarn.service", defaultValue = Catalogue.GATEWAY) String service) {
        this.apart = !service.equals(Catalogue.GATEWAY);
    }

    void open(@Observes Filters filters) {
        if (apart) {
            filters.register(this::take, FIRST);
        }
    }

    private void take(RoutingContext context) {
        lastSeen = System.nanoTime();
        if (!stopping) {
            context.next();
            return;
        }
        @Nullable String id = context.request().getHeader("X-Request-Id");
        context.response()
                .setStatusCode(503)
                .putHeader(HEADER, "true")
                .putHeader("Retry-After", "1")
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Problem.of(503, "unavailable", "A part of Tarn is being stopped. Try again later.", List.of(), id)
                        .json());
    }

    /// Blocks until callers have turned away, at most 1 s.
    void await(@Observes ShutdownDelayInitiatedEvent told) {
        if (!apart) {
            return;
        }
        stopping = true;
        long begin = System.nanoTime();
        if (begin - lastSeen > IDLE.toNanos()) {
            return;
        }
        lastSeen = begin;
        long now = begin;
        while (now - lastSeen < LINGER.toNanos() && now - begin < MAX_LINGER.toNanos()) {
            LockSupport.parkNanos(POLL.toNanos());
            now = System.nanoTime();
        }
    }
}
