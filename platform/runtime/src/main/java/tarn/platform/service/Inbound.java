package tarn.platform.service;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The request that is being served, as far as it concerns the calls made for it: until when its caller
/// waits, and the names under which it is found in logs and traces.
@Singleton
final class Inbound {

    /// How many milliseconds the caller still waits. Relative, so that clocks need not agree.
    static final String TIMEOUT = "Tarn-Timeout";

    static final String REQUEST_ID = "X-Request-Id";

    /// W3C Trace Context.
    static final String TRACE = "traceparent";

    private static final String DEADLINE = "tarn.deadline";
    private static final int EARLY = Integer.MAX_VALUE;
    private static final int MOST_DIGITS = 9;

    /// Notes when a request that says how long its caller waits has come.
    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    Long patience = milliseconds(context.request().getHeader(TIMEOUT));
                    if (patience != null) {
                        context.put(DEADLINE, System.nanoTime() + patience * 1_000_000);
                    }
                    context.next();
                },
                EARLY);
    }

    /// What is left of a call's patience: no more than the caller of this request has left.
    Duration remaining(Duration patience) {
        RoutingContext request = current();
        Long deadline = request == null ? null : request.get(DEADLINE);
        if (deadline == null) {
            return patience;
        }
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        return left.compareTo(patience) < 0 ? left : patience;
    }

    /// A header of the request; null without one, or when no request is being served.
    @Nullable
    String header(String name) {
        RoutingContext request = current();
        return request == null ? null : request.request().getHeader(name);
    }

    /// A number of milliseconds in plain digits; null for anything else.
    static @Nullable Long milliseconds(@Nullable String text) {
        return text == null
                        || text.isEmpty()
                        || text.length() > MOST_DIGITS
                        || !text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? null
                : Long.valueOf(text);
    }

    private static @Nullable RoutingContext current() {
        ArcContainer container = Arc.container();
        if (container == null || !container.requestContext().isActive()) {
            return null;
        }
        return container.instance(CurrentVertxRequest.class).get().getCurrent();
    }
}
