package tarn.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// Limits live streams to 2,000 and ends them: each within 2 s of its session or personal access
/// token, all of them when this process is stopped.
///
/// They outlive the access token that they began with: a session or personal access token is asked
/// about again when it has expired, and what began with an access token ends after an hour.
@Singleton
final class OpenStreams implements GatewayFilter {

    static final int MAX_STREAMS = 2_000;

    /// How long a stream lasts that began with an access token.
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final long SWEEP_MILLIS = 500;

    private final CredentialRevocations revocations;
    private final CredentialExchange credentials;
    private final Clock clock;
    private final Vertx vertx;
    private final Map<GatewayExchange, OpenStream> open = new ConcurrentHashMap<>();
    private volatile boolean ending;

    OpenStreams(CredentialRevocations revocations, CredentialExchange credentials, Clock clock, Vertx vertx) {
        this.revocations = revocations;
        this.credentials = credentials;
        this.clock = clock;
        this.vertx = vertx;
        vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
    }

    /// A stream and when it has to be looked at again.
    private static final class OpenStream {

        private final Context loop;
        private final Caller caller;
        private final Instant end;
        private volatile Instant next;

        OpenStream(Context loop, Caller caller, Instant end) {
            this.loop = loop;
            this.caller = caller;
            this.end = end;
            this.next = caller.expiresAt();
        }
    }

    @Override
    public void take(GatewayExchange exchange) {
        Caller caller = exchange.caller();
        if (caller != null
                && exchange.route().isStream()
                && exchange.request().method().equals(HttpMethod.GET)) {
            if (open.size() >= MAX_STREAMS) {
                throw new Refusal.TooMany(RETRY);
            }
            open.put(
                    exchange,
                    new OpenStream(
                            vertx.getOrCreateContext(), caller, clock.instant().plus(MAX_AGE)));
            exchange.atEnd(() -> open.remove(exchange));
            if (ending) {
                throw new Refusal.Unavailable("Tarn is being stopped. Try again later.");
            }
        }
        exchange.next();
    }

    /// Ends all streams, and refuses more.
    void end() {
        ending = true;
        open.forEach(OpenStreams::end);
    }

    private void sweep() {
        Instant now = clock.instant();
        open.forEach((exchange, stream) -> {
            if (revocations.include(stream.caller.credential())) {
                end(exchange, stream);
            } else if (!now.isBefore(stream.next)) {
                ask(exchange, stream, now);
            }
        });
    }

    /// Asks whether the credential is still good, once its access token has expired.
    private void ask(GatewayExchange exchange, OpenStream stream, Instant now) {
        if (!(exchange.credential() instanceof Credential.Secret secret)) {
            stream.next = stream.end;
            if (!now.isBefore(stream.end)) {
                end(exchange, stream);
            }
            return;
        }
        String userAgent = exchange.request().getHeader(HttpHeaders.USER_AGENT);
        CompletionStage<CredentialExchangeResult> asked = credentials.grant(secret, exchange.address(), userAgent);
        asked.whenComplete((result, _) -> goOn(exchange, stream, result));
    }

    /// @param result null when identity failed; it is asked again
    private static void goOn(GatewayExchange exchange, OpenStream stream, @Nullable CredentialExchangeResult result) {
        switch (result) {
            case CredentialExchangeResult.Given given ->
                stream.next = given.caller().expiresAt();
            case CredentialExchangeResult.Denied _ -> end(exchange, stream);
            case CredentialExchangeResult.Unanswered _ -> {}
            case null -> {}
        }
    }

    private static void end(GatewayExchange exchange, OpenStream stream) {
        stream.loop.runOnContext(_ -> exchange.request().connection().close());
    }
}
