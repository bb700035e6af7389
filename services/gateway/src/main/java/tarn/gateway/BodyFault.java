package tarn.gateway;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/// Remembers that the body framing of a connection was malformed, and tells the one listener;
/// confined to the connection's event loop.
final class BodyFault {

    private static final AttributeKey<BodyFault> KEY = AttributeKey.valueOf("tarn.body.fault");

    private boolean occurred;
    private @Nullable Runnable listener;

    static BodyFault on(Channel channel) {
        BodyFault fault = new BodyFault();
        channel.attr(KEY).set(fault);
        return fault;
    }

    /// Runs the listener once the body of this request is known to be malformed.
    static void listen(HttpServerRequest request, Runnable listener) {
        if (!(request.connection() instanceof ConnectionBase connection)) {
            return;
        }
        BodyFault fault = connection.channel().attr(KEY).get();
        if (fault == null) {
            return;
        }
        if (fault.occurred) {
            listener.run();
        } else {
            fault.listener = listener;
        }
    }

    /// Starts the next request of the connection.
    void reset() {
        listener = null;
    }

    void occur() {
        occurred = true;
        if (listener != null) {
            listener.run();
        }
    }
}
