package tarn.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Reduces a `Location` on the requested host to its path, because frameworks add scheme and port,
/// which a service behind proxies does not know.
@Singleton
final class RelativeLocationHeader implements GatewayFilter {

    @Override
    public void take(GatewayExchange exchange) {
        if (exchange.route().target() == Route.Target.SERVICE) {
            HostAndPort asked = exchange.request().authority();
            exchange.context().addHeadersEndHandler(_ -> {
                MultiMap headers = exchange.response().headers();
                String path = path(headers.get(HttpHeaders.LOCATION), asked);
                if (path != null) {
                    headers.set(HttpHeaders.LOCATION, path);
                }
            });
        }
        exchange.next();
    }

    /// The path of a location on the requested host; null when nothing needs to change.
    private static @Nullable String path(@Nullable String location, @Nullable HostAndPort asked) {
        if (location == null || asked == null) {
            return null;
        }
        int authority = location.indexOf("://") + "://".length();
        int path = location.indexOf('/', authority);
        if (authority <= "://".length() || path < 0) {
            return null;
        }
        String told = location.substring(authority, path);
        return told.equals(asked.host()) || told.equals(asked.host() + ':' + asked.port())
                ? location.substring(path)
                : null;
    }
}
