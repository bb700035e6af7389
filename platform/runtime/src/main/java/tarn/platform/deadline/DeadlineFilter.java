package tarn.platform.deadline;

import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Registers the thread that serves a request with [RequestDeadline], before any other filter.
public final class DeadlineFilter {

    @ServerRequestFilter
    public void begin(RoutingContext context) {
        RequestDeadline.begin(context);
    }
}
