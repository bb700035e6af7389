package tarn.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// Reads the body of a request before it is forwarded: up to 64 KiB in memory, else in a file, so
/// that slow clients hold neither thread nor heap.
///
/// Refuses bodies that are compressed, exceed their [BodyLimit] or lack a caller where one is
/// needed, and imports beyond 8 at once per user, 32 or 1,600 MiB in all.
@Singleton
final class BodyReader implements GatewayFilter {

    /// Concurrent uploads of files.
    static final int MAX_UPLOADS = 32;

    /// Concurrent uploads of one user.
    static final int MAX_UPLOADS_OF_USER = 8;

    /// Bytes of all concurrent uploads on the disk; one of unknown length counts as the largest.
    static final long MAX_UPLOAD_BYTES = 1600L * 1024 * 1024;

    private final BodyMemory memory;
    private final IncomingBody.Pace pace;
    private final Map<UUID, Integer> uploads = new ConcurrentHashMap<>();
    private final AtomicLong uploadBytes = new AtomicLong();

    @Inject
    BodyReader(BodyMemory memory) {
        this(memory, IncomingBody.Pace.USUAL);
    }

    BodyReader(BodyMemory memory, IncomingBody.Pace pace) {
        this.memory = memory;
        this.pace = pace;
    }

    @Override
    public void take(GatewayExchange exchange) {
        HttpServerRequest request = exchange.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (!exchange.forService() || request.isEnded() || (!chunked && (length == null || length.equals("0")))) {
            exchange.next();
            return;
        }
        int limit = BodyLimit.of(exchange);
        requireCaller(exchange);
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
            // Unpacked, a megabyte can be a gigabyte (RFC 9110, 15.5.16).
            exchange.response().putHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
            exchange.refuse(415, "unsupported-media-type", "Send the body as it is, without Content-Encoding.");
            BodyLimit.linger(exchange.context());
            return;
        }
        if (length != null && exceeds(length, limit)) {
            BodyLimit.refuse(exchange);
            return;
        }
        if (limit == BodyLimit.IMPORT) {
            beginUpload(exchange, chunked ? limit : Long.parseLong(length));
        }
        exchange.inviteBody();
        new IncomingBody(exchange, memory, pace, limit, chunked ? -1 : Long.parseLong(length)).read();
    }

    private static void requireCaller(GatewayExchange exchange) {
        boolean needed = exchange.route().target() == Route.Target.SERVICE
                && !exchange.route().open(exchange.request().method().name());
        if (needed && exchange.caller() == null) {
            BodyLimit.linger(exchange.context());
            throw new Refusal.Unauthenticated("unauthenticated", "Sign in, or send a valid access token.");
        }
    }

    /// Starts an upload if the caller may import and is below the limits.
    private void beginUpload(GatewayExchange exchange, long bytes) {
        Caller caller = exchange.caller();
        if (caller == null
                || (caller.kind() == Caller.Kind.TOKEN && !caller.scopes().contains("tasks:write"))) {
            BodyLimit.linger(exchange.context());
            throw new Refusal.Forbidden("forbidden", "This token may not do that: it lacks the scope tasks:write.");
        }
        UUID user = caller.id();
        int own = uploads.merge(user, 1, Integer::sum);
        long all = uploadBytes.addAndGet(bytes);
        exchange.atEnd(() -> {
            uploads.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
            uploadBytes.addAndGet(-bytes);
        });
        if (own > MAX_UPLOADS_OF_USER
                || all > MAX_UPLOAD_BYTES
                || uploads.values().stream().mapToInt(Integer::intValue).sum() > MAX_UPLOADS) {
            BodyLimit.linger(exchange.context());
            throw new Refusal.TooMany(Duration.ofSeconds(2));
        }
    }

    private static boolean exceeds(String length, int limit) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException absurd) {
            return true;
        }
    }
}
