package tarn.platform.service;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tarn.platform.deadline.RequestDeadline;

/// Records the deadline of each request, and provides what its outgoing calls carry on: deadline,
/// request id and W3C trace context.
@Singleton
final class ContextPropagation {

    /// Milliseconds until the caller's deadline; relative, so that clocks need not agree.
    static final String TIMEOUT = "Tarn-Timeout";

    /// The request id, and W3C Trace Context.
    private static final List<String> PASSED_ON = List.of("X-Request-Id", "traceparent", "tracestate");

    private static final String DEADLINE = "tarn.deadline";

    /// Filter priority: after the gateway, which removes clients' headers, and before anything that
    /// calls other services.
    private static final int EARLY = 5_000;

    private static final int MAX_DIGITS = 9;

    /// Records the request's deadline: the earlier of its own and its caller's.
    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    Long timeout = milliseconds(context.request().getHeader(TIMEOUT));
                    Long own = RequestDeadline.of(context);
                    Long callerDeadline = timeout == null ? null : System.nanoTime() + timeout * 1_000_000;
                    context.put(DEADLINE, earlier(own, callerDeadline));
                    context.next();
                },
                EARLY);
    }

    private static @Nullable Long earlier(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one - other < 0 ? one : other;
    }

    /// What a request passes on to its outgoing calls.
    ///
    /// @param deadline by [System#nanoTime]; null for none
    /// @param headers the request id and trace context
    record PropagatedContext(@Nullable Long deadline, Map<String, String> headers) {

        /// A copy without deadline, for calls that the request does not wait for.
        PropagatedContext withoutDeadline() {
            return new PropagatedContext(null, headers);
        }

        private static final PropagatedContext NOTHING = new PropagatedContext(null, Map.of());

        /// Deadline of a call that begins now, by [System#nanoTime]; at most the request's own.
        long deadlineFor(CallTimeout timeout) {
            long end = System.nanoTime() + timeout.duration().toNanos();
            return deadline == null || end - deadline < 0 ? end : deadline;
        }
    }

    /// What the current request passes on; nothing outside of a request.
    PropagatedContext current() {
        ArcContainer container = Arc.container();
        if (container == null || !container.requestContext().isActive()) {
            return PropagatedContext.NOTHING;
        }
        RoutingContext context =
                container.instance(CurrentVertxRequest.class).get().getCurrent();
        if (context == null) {
            return PropagatedContext.NOTHING;
        }
        HttpServerRequest request = context.request();
        Map<String, String> headers = new HashMap<>();
        for (String name : PASSED_ON) {
            String value = request.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new PropagatedContext(context.get(DEADLINE), headers);
    }

    /// Parses plain digits; null for anything else.
    static @Nullable Long milliseconds(@Nullable String text) {
        return text == null
                        || text.isEmpty()
                        || text.length() > MAX_DIGITS
                        || !text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? null
                : Long.valueOf(text);
    }
}
