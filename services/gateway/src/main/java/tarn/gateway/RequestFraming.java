package tarn.gateway;

import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;

/// Refuses what [RequestDecoder] could not read as a request, and lets the connection be closed.
@Singleton
final class RequestFraming implements Step {

    @Override
    public void take(Exchange exchange) {
        if (exchange.request().decoderResult() instanceof RequestFault fault) {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            exchange.refuse(fault.status(), fault.code(), fault.detail());
        } else {
            exchange.next();
        }
    }
}
