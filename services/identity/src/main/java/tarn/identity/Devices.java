package tarn.identity;

import io.vertx.core.http.HttpServerRequest;

/// Reads the [Device] of an HTTP request.
final class Devices {

    private Devices() {}

    static Device of(HttpServerRequest request) {
        return Device.of(
                request.getHeader("X-Forwarded-For"),
                request.remoteAddress().hostAddress(),
                request.getHeader("User-Agent"));
    }
}
