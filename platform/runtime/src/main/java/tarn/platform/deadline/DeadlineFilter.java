package tarn.platform.deadline;

import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Tells [RequestDeadline] which thread serves a request. Made before anything that runs.
public final class DeadlineFilter {

    @ServerRequestFilter
    public void begin(RoutingContext context) {
        RequestDeadline.begin(context);
    }
}
