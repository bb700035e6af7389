package tarn.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import tarn.platform.problem.Refusal;
import tarn.platform.security.AccessTokens;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Recently revoked sessions and personal access tokens, polled from identity every 500 ms so that
/// a revocation takes effect within a second.
///
/// Each is kept until the access tokens of the credential have expired. While identity is down
/// nothing can be revoked, and access tokens expire within five minutes.
@Singleton
final class CredentialRevocations {

    /// Polling interval.
    static final Duration INTERVAL = Duration.ofMillis(500);

    /// Longest polling interval while identity does not respond.
    static final Duration MAX_BACKOFF = Duration.ofSeconds(2);

    /// Interval of checks for identity until the first successful poll.
    static final Duration SOON = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(CredentialRevocations.class);
    private static final Duration KEPT = AccessTokens.LIFETIME.plusMinutes(1);

    record Revocation(long seq, UUID credential) {}

    record Recent(List<Revocation> items, long last) {}

    private final ServiceClient services;
    private final Upstreams upstreams;
    private final Vertx vertx;
    private final BlockingThreads threads;
    private final Cache<UUID, Boolean> revoked;
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile boolean known;
    private long last;
    private Duration pause = INTERVAL;

    CredentialRevocations(
            ServiceClient services, Upstreams upstreams, Vertx vertx, BlockingThreads threads, Clock clock) {
        this.services = services;
        this.upstreams = upstreams;
        this.vertx = vertx;
        this.threads = threads;
        this.revoked = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(KEPT)
                .build();
    }

    boolean include(UUID credential) {
        return revoked.getIfPresent(credential) != null;
    }

    /// Whether they were read since the start. Before that a revoked credential might be accepted,
    /// and a user would wait for the first, slow call to identity.
    boolean known() {
        return known;
    }

    void begin(@ObservesAsync HttpServerStart start) {
        if (polling.compareAndSet(false, true)) {
            threads.execute(this::poll);
        }
    }

    void end(@Observes ShutdownEvent shutdown) {
        polling.set(false);
    }

    private void poll() {
        if (known || isThere()) {
            read();
        } else {
            pause = SOON;
        }
        if (polling.get()) {
            vertx.setTimer(pause.toMillis(), _ -> {
                if (polling.get()) {
                    threads.execute(this::poll);
                }
            });
        }
    }

    /// Whether identity is in this process or ready, so that services starting together do not
    /// record each other's silence as failures.
    private boolean isThere() {
        Upstream identity = upstreams.of("identity");
        return identity == null
                || identity.ready().toCompletionStage().toCompletableFuture().join();
    }

    private void read() {
        try {
            ask();
            if (known && !pause.equals(INTERVAL)) {
                LOG.info("Revocations are read again.");
            }
            known = true;
            pause = INTERVAL;
        } catch (Refusal refusal) {
            if (pause.equals(INTERVAL)) {
                LOG.infof("Revocations cannot be read: %s", refusal.detail());
            }
            pause = MAX_BACKOFF.compareTo(pause.multipliedBy(2)) < 0 ? MAX_BACKOFF : pause.multipliedBy(2);
        }
    }

    /// Reads new revocations; never called concurrently.
    void ask() {
        Recent recent = services.to("identity")
                .within(CallTimeout.NEEDED)
                .get("/internal/identity/revocations?after=" + last, Recent.class);
        recent.items().forEach(revocation -> revoked.put(revocation.credential(), true));
        last = recent.last();
    }
}
