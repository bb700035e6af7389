package tarn.gateway;

import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;

/// Gives every request an id that appears in the response, the log and each problem: the client's
/// `X-Request-Id` if well-formed, else a new UUID.
@Singleton
final class RequestId implements GatewayFilter {

    static final String HEADER = "X-Request-Id";

    private final Clock clock;

    RequestId(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void take(GatewayExchange exchange) {
        String sent = exchange.request().getHeader(HEADER);
        String id = wellFormed(sent) ? sent : Uuid7.next(clock).toString();
        exchange.id(id);
        exchange.request().headers().set(HEADER, id);
        exchange.response().putHeader(HEADER, id);
        exchange.next();
    }

    /// 8 to 64 characters of A-Z a-z 0-9 _ and -.
    static boolean wellFormed(@Nullable String id) {
        if (id == null || id.length() < 8 || id.length() > 64) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
