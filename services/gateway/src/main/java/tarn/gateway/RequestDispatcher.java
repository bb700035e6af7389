package tarn.gateway;

import jakarta.inject.Singleton;
import tarn.platform.problem.Refusal;

/// Last filter: passes the request to a remote service, to this process's router, or to the web
/// files.
@Singleton
final class RequestDispatcher implements GatewayFilter {

    private final Upstreams upstreams;
    private final WebFiles files;

    RequestDispatcher(Upstreams upstreams, WebFiles files) {
        this.upstreams = upstreams;
        this.files = files;
    }

    @Override
    public void take(GatewayExchange exchange) {
        switch (exchange.route().target()) {
            case SERVICE -> {
                Upstream upstream = upstreams.of(exchange.route().service());
                if (upstream == null) {
                    exchange.context().next();
                } else {
                    upstream.forward(exchange);
                }
            }
            case INTERNAL, HEALTH -> exchange.context().next();
            case FILES -> files.serve(exchange);
            case NOTHING -> throw new Refusal.NotFound("resource");
        }
    }
}
