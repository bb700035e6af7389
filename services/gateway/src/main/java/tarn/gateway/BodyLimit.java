package tarn.gateway;

import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/// The largest body of each route, in bytes.
final class BodyLimit {

    /// What only carries a few words.
    static final int SMALL = 16 * 1024;

    /// Texts, lists of changes, queries.
    static final int USUAL = 1024 * 1024;

    /// A file to import.
    static final int IMPORT = 25 * 1024 * 1024;

    /// Last words of routes whose bodies are small; so are all of identity's.
    private static final Set<String> SMALL_WORDS =
            Set.of("completion", "labels", "members", "position", "publication", "restoration", "sections");

    /// Milliseconds that the rest of a refused body is read, so that the client gets to see the answer.
    private static final long LINGER_MILLIS = 5_000;

    private BodyLimit() {}

    static int of(Route route) {
        String template = route.template();
        if (template.startsWith("/api/imports")) {
            return IMPORT;
        }
        boolean small = route.service().equals("identity")
                || SMALL_WORDS.contains(template.substring(template.lastIndexOf('/') + 1));
        return small ? SMALL : USUAL;
    }

    static void refuse(Exchange exchange) {
        exchange.refuse(413, "too-large", detail(of(exchange.route())));
        linger(exchange.context());
    }

    private static String detail(int limit) {
        return "That is too large: at most " + (limit < USUAL ? limit / 1024 + " KB" : limit / 1024 / 1024 + " MB")
                + " are taken here.";
    }

    /// Lets the client finish sending what is thrown away, but not forever.
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
