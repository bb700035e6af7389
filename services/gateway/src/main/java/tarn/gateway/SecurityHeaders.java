package tarn.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;

/// Tells browsers to be strict with whatever is answered.
@Singleton
final class SecurityHeaders implements Step {

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

    private final boolean secure;

    SecurityHeaders(PublicUrl url) {
        this.secure = url.secure();
    }

    @Override
    public void take(Exchange exchange) {
        boolean files = exchange.route().target() == Route.Target.FILES;
        MultiMap headers = exchange.response().headers();
        headers.set(CSP, files ? FILES : DATA);
        headers.set(NOSNIFF_NAME, NOSNIFF);
        headers.set(REFERRER_NAME, REFERRER);
        headers.set(RESOURCE_NAME, SAME_ORIGIN);
        headers.set(OPENER_NAME, SAME_ORIGIN);
        if (secure) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        exchange.context().addHeadersEndHandler(_ -> {
            if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
                headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
            }
        });
        exchange.next();
    }
}
