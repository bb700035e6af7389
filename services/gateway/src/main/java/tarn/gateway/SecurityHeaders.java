package tarn.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Sets security headers on every response: CSP, HSTS over https, `nosniff`, referrer, cross-origin
/// and permissions policies, `no-store` by default; at sign-out it clears the browser's cache.
@Singleton
final class SecurityHeaders implements GatewayFilter {

    private static final CharSequence CSP = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence FILES = HttpHeaders.createOptimized("default-src 'self'; script-src 'self';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    private static final CharSequence DATA = HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence NOSNIFF_NAME = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence REFERRER_NAME = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence REFERRER = HttpHeaders.createOptimized("same-origin");
    private static final CharSequence RESOURCE_NAME = HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
    private static final CharSequence OPENER_NAME = HttpHeaders.createOptimized("Cross-Origin-Opener-Policy");
    private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private static final CharSequence PERMISSIONS_NAME = HttpHeaders.createOptimized("Permissions-Policy");
    private static final CharSequence PERMISSIONS =
            HttpHeaders.createOptimized("accelerometer=(), browsing-topics=(), camera=(), display-capture=(),"
                    + " geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()");
    private static final String YEAR = "max-age=31536000";

    private final PublicUrl url;
    private final String transport;

    /// @param subdomains whether HSTS includes subdomains of the public URL
    SecurityHeaders(
            PublicUrl url, @ConfigProperty(name = "tarn.hsts.subdomains", defaultValue = "false") boolean subdomains) {
        this.url = url;
        this.transport = subdomains ? YEAR + "; includeSubDomains" : YEAR;
    }

    @Override
    public void take(GatewayExchange exchange) {
        boolean files = exchange.route().target() == Route.Target.FILES;
        MultiMap headers = exchange.response().headers();
        headers.set(CSP, files ? FILES : DATA);
        headers.set(NOSNIFF_NAME, NOSNIFF);
        headers.set(REFERRER_NAME, REFERRER);
        headers.set(RESOURCE_NAME, SAME_ORIGIN);
        headers.set(OPENER_NAME, SAME_ORIGIN);
        headers.set(PERMISSIONS_NAME, PERMISSIONS);
        if (url.secure()) {
            headers.set("Strict-Transport-Security", transport);
        }
        exchange.context().addHeadersEndHandler(_ -> {
            if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
                headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
            }
            if (!exchange.safe()
                    && headers.getAll(HttpHeaders.SET_COOKIE).stream().anyMatch(this::endsSession)) {
                headers.set("Clear-Site-Data", "\"cache\"");
            }
        });
        exchange.next();
    }

    /// Whether a `Set-Cookie` deletes the session cookie, as at sign-out.
    private boolean endsSession(String cookie) {
        return cookie.startsWith(url.cookie() + '=') && cookie.contains("Max-Age=0");
    }
}
