package tarn.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.inject.Singleton;
import tarn.platform.problem.Refusal;

/// Hands the request to whoever answers it.
@Singleton
final class Dispatch implements Step {

    private final Upstreams upstreams;
    private final Files files;

    Dispatch(Upstreams upstreams, Files files) {
        this.upstreams = upstreams;
        this.files = files;
    }

    @Override
    public void take(Exchange exchange) {
        switch (exchange.route().target()) {
            case SERVICE -> {
                Upstream upstream = upstreams.of(exchange.route().service());
                if (upstream == null) {
                    here(exchange);
                } else {
                    upstream.forward(exchange);
                }
            }
            case INTERNAL, HEALTH -> here(exchange);
            case FILES -> files.serve(exchange);
            case NOTHING -> throw new Refusal.NotFound("resource");
        }
    }

    /// Goes on in this process. A body of unknown length is read and counted first: the framework
    /// would refuse it without a word.
    private static void here(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (!request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || request.isEnded()) {
            exchange.context().next();
            return;
        }
        exchange.inviteBody();
        // Paused until there is somebody to hear of its end.
        request.pause();
        Buffer body = Buffer.buffer();
        CappedStream counted = new CappedStream(request, BodyLimit.of(exchange.route()));
        counted.handler(body::appendBuffer)
                .exceptionHandler(_ -> {
                    if (counted.exceeded()) {
                        BodyLimit.refuse(exchange);
                    }
                })
                .endHandler(_ -> {
                    if (!counted.exceeded()) {
                        ((RoutingContextInternal) exchange.context()).setBody(body);
                        exchange.context().next();
                    }
                })
                .resume();
    }
}
