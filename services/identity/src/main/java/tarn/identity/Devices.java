package tarn.identity;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/// Reads the [Device] of an HTTP request.
final class Devices {

    private static final Device UNKNOWN = new Device("", "");

    private Devices() {}

    /// The device of the current request; without an address when there is none.
    static Device current() {
        ArcContainer container = Arc.container();
        if (container == null || !container.requestContext().isActive()) {
            return UNKNOWN;
        }
        RoutingContext context =
                container.instance(CurrentVertxRequest.class).get().getCurrent();
        return context == null ? UNKNOWN : of(context.request());
    }

    static Device of(HttpServerRequest request) {
        return Device.of(
                request.getHeader("X-Forwarded-For"),
                request.remoteAddress().hostAddress(),
                request.getHeader("User-Agent"));
    }
}
