package tarn.platform.event;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the `traceparent` header (W3C Trace Context) of the current request, to be stored with its
/// events.
public final class RequestTrace {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private RequestTrace() {}

    /// The request's `traceparent`; null when absent or malformed.
    public static @Nullable String traceparent() {
        ArcContainer container = Arc.container();
        if (container == null || !container.requestContext().isActive()) {
            return null;
        }
        RoutingContext context =
                container.instance(CurrentVertxRequest.class).get().getCurrent();
        String value = context == null ? null : context.request().getHeader("traceparent");
        return value != null && TRACEPARENT.matcher(value).matches() ? value : null;
    }
}
