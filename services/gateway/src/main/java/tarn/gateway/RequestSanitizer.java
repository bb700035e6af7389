package tarn.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Refuses malformed or oversized heads and unknown methods, and replaces forwarding headers by the
/// client's address and scheme, for which only trusted proxies are believed.
@Singleton
final class RequestSanitizer implements GatewayFilter {

    /// Characters of a request target that services accept.
    static final int MAX_URI = 4_000;

    /// Characters of all headers together.
    static final int MAX_HEADERS = 16_000;

    private static final List<CharSequence> FOREIGN = List.of(
            HttpHeaders.createOptimized("Forwarded"),
            HttpHeaders.createOptimized("X-Forwarded-For"),
            HttpHeaders.createOptimized("X-Forwarded-Host"),
            HttpHeaders.createOptimized("X-Forwarded-Port"),
            HttpHeaders.createOptimized("X-Forwarded-Prefix"),
            HttpHeaders.createOptimized("X-Forwarded-Proto"),
            HttpHeaders.createOptimized("X-Forwarded-Server"),
            HttpHeaders.createOptimized("X-Forwarded-Ssl"),
            HttpHeaders.createOptimized("X-Forwarded-Tls-Client-Cert"),
            HttpHeaders.createOptimized("X-Forwarded-User"),
            HttpHeaders.createOptimized("X-Real-IP"));
    private static final CharSequence FORWARDED_FOR = FOREIGN.get(1);
    private static final CharSequence FORWARDED_PROTO = FOREIGN.get(5);

    /// The known HTTP methods.
    static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);
    private static final Set<String> FRAMING = Set.of("connection", "content-length", "host", "transfer-encoding");

    private final TrustedProxies proxies;

    RequestSanitizer(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public void take(GatewayExchange exchange) {
        HttpServerRequest request = exchange.request();
        if (!METHODS.contains(request.method())) {
            exchange.refuse(405, "method-not-allowed", "This address does not support that method.");
        } else if (request.uri().length() > MAX_URI) {
            exchange.refuse(414, "uri-too-long", "An address may have " + MAX_URI + " characters.");
        } else if (length(request.headers()) > MAX_HEADERS) {
            exchange.refuse(431, "headers-too-large", "Headers may have " + MAX_HEADERS + " characters in all.");
        } else if (!wellFormed(request.uri()) || !knownEncoding(request.headers())) {
            exchange.refuse(new Refusal.Malformed("malformed", "The request cannot be understood."));
        } else {
            rewrite(exchange, request.headers());
            exchange.next();
        }
    }

    private void rewrite(GatewayExchange exchange, MultiMap headers) {
        String peer = exchange.request().remoteAddress().hostAddress();
        String scheme = exchange.request().isSSL() ? "https" : "http";
        String client = peer;
        if (proxies.include(peer)) {
            List<String> hops = headers.getAll(FORWARDED_FOR);
            client = proxies.client(peer, String.join(",", hops));
            String told = headers.get(FORWARDED_PROTO);
            scheme = "https".equals(told) || "http".equals(told) ? told : scheme;
        } else if (headers.contains(FORWARDED_FOR)) {
            proxies.warnOfUntrusted(peer);
        }
        exchange.comesFrom(client, scheme);

        dropNominated(headers);
        FOREIGN.forEach(headers::remove);
        headers.set(FORWARDED_FOR, client);
        headers.set(FORWARDED_PROTO, scheme);
        headers.set(RequestId.HEADER, exchange.id());
    }

    /// Removes headers named by `Connection` (RFC 9110, 7.6.1), except those that frame the
    /// request.
    private static void dropNominated(MultiMap headers) {
        String nominated = headers.get(HttpHeaders.CONNECTION);
        if (nominated == null || nominated.equalsIgnoreCase("keep-alive") || nominated.equalsIgnoreCase("close")) {
            return;
        }
        for (String name : nominated.toLowerCase(Locale.ROOT).split(",", -1)) {
            String header = name.strip();
            if (!header.isEmpty() && !FRAMING.contains(header)) {
                headers.remove(header);
            }
        }
    }

    private static int length(MultiMap headers) {
        int length = 0;
        for (Map.Entry<String, String> header : headers) {
            length += header.getKey().length() + header.getValue().length() + 4;
        }
        return length;
    }

    private static boolean knownEncoding(MultiMap headers) {
        List<String> encodings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        return encodings.isEmpty()
                || (encodings.size() == 1
                        && encodings.getFirst().equalsIgnoreCase("chunked")
                        && !headers.contains(HttpHeaders.CONTENT_LENGTH));
    }

    /// Whether all parsers agree on the path: absolute, without dot or empty segments, without
    /// encoded separators or control characters.
    static boolean wellFormed(@Nullable String uri) {
        if (uri == null || uri.isEmpty() || uri.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '?') {
                return uri.indexOf('#', i) < 0;
            }
            if (c <= ' ' || c >= 0x7F || c == '\\' || c == ';' || c == '#') {
                return false;
            }
            if (c == '%' && !harmless(uri, i)) {
                return false;
            }
            if (c == '/' && !plainSegment(uri, i + 1)) {
                return false;
            }
        }
        return true;
    }

    /// Whether a percent-encoded character is allowed in a path: no control character, `.`, `/`,
    /// `;` or `\`.
    private static boolean harmless(String uri, int at) {
        if (at + 2 >= uri.length()) {
            return false;
        }
        int value = Character.digit(uri.charAt(at + 1), 16) * 16 + Character.digit(uri.charAt(at + 2), 16);
        return value >= ' ' && value != 0x7F && value != '.' && value != '/' && value != ';' && value != '\\';
    }

    private static boolean plainSegment(String uri, int begin) {
        int end = begin;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        return switch (end - begin) {
            case 0 -> end == uri.length() || uri.charAt(end) == '?';
            case 1 -> uri.charAt(begin) != '.';
            case 2 -> uri.charAt(begin) != '.' || uri.charAt(begin + 1) != '.';
            default -> true;
        };
    }
}
