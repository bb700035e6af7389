package tarn.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;

/// The maximum body size of a request, 16 KiB to 100 MiB by its route, method and `Prefer` header, and
/// the refusal of larger ones.
final class BodyLimit {

    /// Bytes of a body with a few fields.
    static final int SMALL = 16 * 1024;

    /// Bytes of texts, lists of changes and queries.
    static final int USUAL = 1024 * 1024;

    /// Bytes of changes that a job does: all that bodies may take of the memory.
    static final int CHANGES = BodyMemory.MAX_BYTES;

    /// Bytes of an import file.
    static final int IMPORT = 100 * 1024 * 1024;

    /// Last path segments of routes with small bodies, beside all of identity's.
    private static final Set<String> SMALL_WORDS =
            Set.of("completion", "labels", "members", "position", "publication", "restoration", "sections");

    /// Time the rest of a refused body is read, so that the client receives the response.
    private static final long LINGER_MILLIS = 5_000;

    private BodyLimit() {}

    static int of(GatewayExchange exchange) {
        Route route = exchange.route();
        String template = route.template();
        if (template.equals("/api/tasks")
                && exchange.request().method().equals(HttpMethod.PATCH)
                && isAsynchronous(exchange.request())) {
            return CHANGES;
        }
        if (template.startsWith("/api/imports")) {
            return IMPORT;
        }
        boolean small = route.service().equals("identity")
                || SMALL_WORDS.contains(template.substring(template.lastIndexOf('/') + 1));
        return small ? SMALL : USUAL;
    }

    /// Whether the client prefers that a job does it (RFC 7240).
    private static boolean isAsynchronous(HttpServerRequest request) {
        return request.headers().getAll("Prefer").stream()
                .anyMatch(prefer -> prefer.toLowerCase(Locale.ROOT).contains("respond-async"));
    }

    static void refuse(GatewayExchange exchange) {
        exchange.refuse(413, "too-large", detail(of(exchange)));
        linger(exchange.context());
    }

    private static String detail(int limit) {
        return "That is too large: at most " + (limit < USUAL ? limit / 1024 + " KB" : limit / 1024 / 1024 + " MB")
                + " are taken here.";
    }

    /// Discards the rest of a body, then closes the connection after the linger time.
    static void linger(RoutingContext context) {
        context.request().handler(_ -> {});
        context.request().resume();
        context.vertx().setTimer(LINGER_MILLIS, _ -> {
            if (!context.request().isEnded()) {
                context.request().connection().close();
            }
        });
    }
}
