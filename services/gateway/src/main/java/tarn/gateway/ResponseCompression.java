package tarn.gateway;

import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Compresses text responses of services of 1 KiB and more with gzip, but neither live streams nor
/// identity's responses: these hold secrets beside client input, whose compressed length would leak
/// (BREACH). Files are compressed by [WebFile].
@Singleton
final class ResponseCompression implements GatewayFilter, HttpServerOptionsCustomizer {

    /// Bytes below which gzip saves no packet.
    static final int MIN_BYTES = 1_024;

    /// A third of the time of the default level 6, for a tenth more bytes.
    private static final int LEVEL = 2;

    private static final int WINDOW_BITS = 15;
    private static final int MEMORY_LEVEL = 8;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setCompressionSupported(true)
                .addCompressor(StandardCompressionOptions.gzip(LEVEL, WINDOW_BITS, MEMORY_LEVEL));
    }

    @Override
    public void take(GatewayExchange exchange) {
        Route route = exchange.route();
        boolean allowed =
                route.target() == Route.Target.SERVICE && !route.service().equals("identity") && !route.isStream();
        exchange.context().addHeadersEndHandler(_ -> {
            MultiMap headers = exchange.response().headers();
            if (allowed && isText(headers.get(HttpHeaders.CONTENT_TYPE))) {
                headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
                if (isLong(headers.get(HttpHeaders.CONTENT_LENGTH))) {
                    return;
                }
            }
            if (isCompressible(exchange) && !headers.contains(HttpHeaders.CONTENT_ENCODING)) {
                // The server's compressor takes this away and compresses nothing.
                headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
            }
        });
        exchange.next();
    }

    /// Whether the server's compressor handles the response: not without a body, nor for HTTP/1.0.
    private static boolean isCompressible(GatewayExchange exchange) {
        int status = exchange.response().getStatusCode();
        return !exchange.request().method().equals(HttpMethod.HEAD)
                && exchange.request().version() != HttpVersion.HTTP_1_0
                && status != 204
                && status != 304;
    }

    private static boolean isText(@Nullable String type) {
        if (type == null) {
            return false;
        }
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("text/") || lower.contains("json") || lower.contains("yaml");
    }

    /// Whether the response is worth compressing; one of unknown length is.
    private static boolean isLong(@Nullable String length) {
        return length == null || Long.parseLong(length) >= MIN_BYTES;
    }
}
