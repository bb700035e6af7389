package tarn.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// CSRF protection: with a session cookie, a change must prove by `Origin` or `Sec-Fetch-Site` that
/// it comes from our own pages.
///
/// A client that sends neither is accepted only when nothing suggests a browser. Without a cookie a
/// wrong origin is refused but none is required. `Authorization` makes no difference, since
/// browsers send some kinds by themselves.
@Singleton
final class CsrfCheck implements GatewayFilter {

    private final PublicUrl url;
    private final CrossSiteReports reports;

    CsrfCheck(PublicUrl url, CrossSiteReports reports) {
        this.url = url;
        this.reports = reports;
    }

    @Override
    public void take(GatewayExchange exchange) {
        boolean checked = exchange.forService() && !exchange.safe();
        if (checked && !own(exchange, cookie(exchange))) {
            refuse(exchange);
        } else {
            exchange.next();
        }
    }

    /// Whether the request has a session cookie.
    private boolean cookie(GatewayExchange exchange) {
        return Credential.of(null, exchange.request().headers().getAll(HttpHeaders.COOKIE), url.cookie())
                .ambient();
    }

    private void refuse(GatewayExchange exchange) {
        reports.add(exchange.address(), exchange.caller());
        exchange.refuse(new Refusal.Forbidden("cross-site", "Only Tarn's own pages may request this."));
    }

    /// @param strict whether a browser that sends no origin is refused
    private boolean own(GatewayExchange exchange, boolean strict) {
        MultiMap headers = exchange.request().headers();
        String origin = headers.get(HttpHeaders.ORIGIN);
        if (origin != null) {
            return origin.equalsIgnoreCase(url.origin()) || origin.equalsIgnoreCase(origin(exchange));
        }
        String site = headers.get("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        return !strict || !browser(headers);
    }

    private static boolean browser(MultiMap headers) {
        return headers.contains(HttpHeaders.REFERER)
                || headers.contains("Sec-Fetch-Mode")
                || startsWith(headers.get(HttpHeaders.USER_AGENT), "Mozilla/");
    }

    private static boolean startsWith(@Nullable String text, String start) {
        return text != null && text.startsWith(start);
    }

    /// The origin of the requested host as browsers write it, without a default port.
    private static @Nullable String origin(GatewayExchange exchange) {
        HostAndPort authority = exchange.request().authority();
        if (authority == null) {
            return null;
        }
        int port = authority.port();
        boolean usual = port <= 0 || port == (exchange.scheme().equals("https") ? 443 : 80);
        return exchange.scheme() + "://" + authority.host() + (usual ? "" : ":" + port);
    }
}
