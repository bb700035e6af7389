package tarn.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/// How much may be sent: refuses what says that it is more. Bodies that do not say how long they are
/// are counted where they are read, in [Dispatch] and [Upstream].
@Singleton
final class BodyLimit implements Step {

    /// Bytes of any body but a file's.
    static final long USUAL = 1024 * 1024;

    /// Bytes of a file to import.
    static final long IMPORT = 25 * 1024 * 1024;

    /// How long the rest of a refused body is read, so that the client gets to see the answer.
    private static final long LINGER_MILLIS = 5_000;

    @Override
    public void take(Exchange exchange) {
        String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && exceeds(length, of(exchange.route()))) {
            refuse(exchange);
        } else {
            exchange.next();
        }
    }

    static long of(Route route) {
        return route.template().startsWith("/api/imports") ? IMPORT : USUAL;
    }

    static void refuse(Exchange exchange) {
        exchange.refuse(413, "too-large", detail(of(exchange.route())));
        linger(exchange.context());
    }

    static String detail(long limit) {
        return "That is too large: at most " + limit / 1024 / 1024 + " MB are taken here.";
    }

    /// Lets the client finish sending what is thrown away, but not forever.
    static void linger(RoutingContext context) {
        context.vertx().setTimer(LINGER_MILLIS, _ -> {
            if (!context.request().isEnded()) {
                context.request().connection().close();
            }
        });
    }

    private static boolean exceeds(String length, long limit) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException absurd) {
            return true;
        }
    }
}
