package tarn.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tarn.platform.connection.ClientConnection;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// Limits live streams to 2,000, and 6 of one user, and ends them: each within 2 s of its session or
/// personal access token, within 30 s of a client that is gone without a word or reads no more, all of
/// them when this process is stopped.
///
/// They outlive the access token that they began with: a session or personal access token is asked
/// about again when it has expired, and what began with an access token ends after an hour.
@Singleton
final class OpenStreams implements GatewayFilter {

    static final int MAX_STREAMS = 2_000;
    static final int MAX_STREAMS_OF_USER = 6;

    /// How long a stream lasts that began with an access token.
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final long SWEEP_MILLIS = 500;

    /// Time without an acknowledgement, or without reading what waits for it, after which a client is
    /// gone. With the heartbeat of a stream, every 15 s, and the interval below it is gone within 30 s.
    private static final Duration MAX_SILENCE = Duration.ofSeconds(8);

    private static final long SILENCE_SWEEP_MILLIS = 3_000;

    private final CredentialRevocations revocations;
    private final CredentialExchange credentials;
    private final Clock clock;
    private final Vertx vertx;
    private final Map<GatewayExchange, OpenStream> open = new ConcurrentHashMap<>();
    private volatile boolean ending;

    OpenStreams(
            CredentialRevocations revocations,
            CredentialExchange credentials,
            Clock clock,
            Vertx vertx,
            BlockingThreads threads) {
        this.revocations = revocations;
        this.credentials = credentials;
        this.clock = clock;
        this.vertx = vertx;
        vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
        vertx.setPeriodic(SILENCE_SWEEP_MILLIS, _ -> {
            open.values().forEach(OpenStreams::endStalled);
            threads.execute(this::endSilent);
        });
    }

    /// A stream and when it has to be looked at again.
    private static final class OpenStream {

        private final Context loop;
        private final Caller caller;
        private final ClientConnection client;
        private final SilentConnections.@Nullable Ends ends;
        private final Instant end;
        private volatile Instant next;

        /// By [System#nanoTime]; null while its client acknowledges what is sent.
        private volatile @Nullable Long silentSince;

        /// @param ends null when they are not known
        OpenStream(
                Context loop,
                Caller caller,
                ClientConnection client,
                SilentConnections.@Nullable Ends ends,
                Instant end) {
            this.loop = loop;
            this.caller = caller;
            this.client = client;
            this.ends = ends;
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
            HttpConnection connection = exchange.request().connection();
            OpenStream stream = new OpenStream(
                    vertx.getOrCreateContext(),
                    caller,
                    new ClientConnection(connection),
                    ends(connection),
                    clock.instant().plus(MAX_AGE));
            exchange.atEnd(() -> open.remove(exchange));
            add(exchange, stream);
            if (ending) {
                throw new Refusal.Unavailable("Tarn is being stopped. Try again later.");
            }
        }
        exchange.next();
    }

    /// One at a time: two streams cannot both be the last that there is a place for.
    private synchronized void add(GatewayExchange exchange, OpenStream stream) {
        long own = open.values().stream()
                .filter(other -> other.caller.id().equals(stream.caller.id()))
                .count();
        if (own >= MAX_STREAMS_OF_USER || open.size() >= MAX_STREAMS) {
            throw new Refusal.TooMany(RETRY);
        }
        open.put(exchange, stream);
    }

    private static SilentConnections.@Nullable Ends ends(HttpConnection connection) {
        SocketAddress local = connection.localAddress();
        SocketAddress remote = connection.remoteAddress();
        return local == null || remote == null || remote.hostAddress() == null
                ? null
                : new SilentConnections.Ends(local.port(), InetAddress.ofLiteral(remote.hostAddress()), remote.port());
    }

    /// Ends all streams, and refuses more.
    void end() {
        ending = true;
        open.values().forEach(OpenStreams::end);
    }

    private void sweep() {
        Instant now = clock.instant();
        open.forEach((exchange, stream) -> {
            if (revocations.include(stream.caller.credential())) {
                end(stream);
            } else if (!now.isBefore(stream.next)) {
                ask(exchange, stream, now);
            }
        });
    }

    /// Ends the streams of clients that have acknowledged nothing for long.
    private void endSilent() {
        if (open.isEmpty()) {
            return;
        }
        Set<SilentConnections.Ends> silent = SilentConnections.read();
        long now = System.nanoTime();
        open.forEach((exchange, stream) -> {
            Long since = stream.silentSince;
            if (stream.ends == null || !silent.contains(stream.ends)) {
                stream.silentSince = null;
            } else if (since == null) {
                stream.silentSince = now;
            } else if (now - since >= MAX_SILENCE.toNanos()) {
                end(stream);
            }
        });
    }

    private static void endStalled(OpenStream stream) {
        stream.loop.runOnContext(_ -> {
            if (stream.client.isStalled(MAX_SILENCE)) {
                stream.client.close();
            }
        });
    }

    /// Asks whether the credential is still good, once its access token has expired.
    private void ask(GatewayExchange exchange, OpenStream stream, Instant now) {
        if (!(exchange.credential() instanceof Credential.Secret secret)) {
            stream.next = stream.end;
            if (!now.isBefore(stream.end)) {
                end(stream);
            }
            return;
        }
        String userAgent = exchange.request().getHeader(HttpHeaders.USER_AGENT);
        CompletionStage<CredentialExchangeResult> asked = credentials.grant(secret, exchange.address(), userAgent);
        asked.whenComplete((result, _) -> goOn(stream, result));
    }

    /// @param result null when identity failed; it is asked again
    private static void goOn(OpenStream stream, @Nullable CredentialExchangeResult result) {
        switch (result) {
            case CredentialExchangeResult.Given given ->
                stream.next = given.caller().expiresAt();
            case CredentialExchangeResult.Denied _ -> end(stream);
            case CredentialExchangeResult.Unanswered _ -> {}
            case null -> {}
        }
    }

    private static void end(OpenStream stream) {
        stream.loop.runOnContext(_ -> stream.client.close());
    }
}
