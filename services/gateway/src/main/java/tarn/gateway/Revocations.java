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

/// The credentials that were revoked lately: a session signed out, a personal access token deleted.
///
/// Identity is asked twice a second, so a revocation takes effect within a second. Each is kept until
/// every access token that was given for it has ended. While identity is away nothing can be revoked
/// either, and tokens end after five minutes by themselves.
@Singleton
final class Revocations {

    /// How often identity is asked.
    static final Duration INTERVAL = Duration.ofMillis(500);

    /// How often while it does not answer, at most.
    static final Duration MAX_BACKOFF = Duration.ofSeconds(2);

    /// How often it is looked whether identity is there at all, until it was read for the first time.
    static final Duration SOON = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(Revocations.class);
    private static final Duration KEPT = AccessTokens.LIFETIME.plusMinutes(1);

    record Revocation(long seq, UUID credential) {}

    record Recent(List<Revocation> items, long last) {}

    private final ServiceClient services;
    private final Upstreams upstreams;
    private final Vertx vertx;
    private final Threads threads;
    private final Cache<UUID, Boolean> revoked;
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile boolean known;
    private long last;
    private Duration pause = INTERVAL;

    Revocations(ServiceClient services, Upstreams upstreams, Vertx vertx, Threads threads, Clock clock) {
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

    /// Whether they were read since this gateway began. Before that it might accept a revoked credential, and
    /// its first call to identity, which is slow, would be a user's.
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

    /// Whether identity is in this process or says that it is ready: services that start together would
    /// otherwise count each other's first silence as a failure.
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

    /// Reads what is new; only ever at work once.
    void ask() {
        Recent recent = services.to("identity")
                .within(CallTimeout.NEEDED)
                .get("/internal/identity/revocations?after=" + last, Recent.class);
        recent.items().forEach(revocation -> revoked.put(revocation.credential(), true));
        last = recent.last();
    }
}
