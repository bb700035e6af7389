package tarn.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Singleton;
import java.util.List;
import tarn.platform.problem.Refusal;
import tarn.platform.security.AllowedHosts;

/// Refuses requests whose `Host` is not allowed (421) or malformed (400), against DNS rebinding:
/// another site's name can point at 127.0.0.1.
@Singleton
final class HostCheck implements GatewayFilter {

    private final AllowedHosts hosts;

    HostCheck(AllowedHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public void take(GatewayExchange exchange) {
        HttpServerRequest request = exchange.request();
        List<String> headers = request.headers().getAll(HttpHeaders.HOST);
        HostAndPort authority = request.authority();
        boolean old = request.version() == HttpVersion.HTTP_1_0 && headers.isEmpty();
        String host = authority == null ? "" : authority.host();
        if (headers.size() > 1 || (host.isEmpty() && !old)) {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            exchange.refuse(new Refusal.Malformed("malformed", "The request needs one Host."));
        } else if (!host.isEmpty() && !(hosts.allow(host) && headers.stream().allMatch(this::allowed))) {
            exchange.refuse(421, "misdirected", AllowedHosts.DETAIL);
        } else {
            exchange.next();
        }
    }

    /// An HTTP/2 request may have `Host` beside its authority.
    private boolean allowed(String header) {
        HostAndPort named = HostAndPort.parseAuthority(header, -1);
        return named != null && hosts.allow(named.host());
    }
}
