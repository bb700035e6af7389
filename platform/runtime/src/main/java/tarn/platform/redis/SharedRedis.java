package tarn.platform.redis;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.Secret;

/// The Redis server of `tarn.redis.url` that processes share: a use of it takes at most 50 ms, and
/// while it fails it is tried once a second.
///
/// Holds only what may be lost: its users go on without it.
@Singleton
public final class SharedRedis {

    /// Timeout of one use, which may take several commands.
    public static final Duration TIMEOUT = Duration.ofMillis(50);

    /// Time without a use after failures.
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration CONNECT = Duration.ofSeconds(1);

    /// Uses of which half must fail before it is left alone.
    private static final int BREAKER_USES = 4;

    private static final int CONNECTIONS = 8;
    private static final int MAX_WAITING = 1_000;
    private static final Logger LOG = Logger.getLogger(SharedRedis.class);

    private final Vertx vertx;
    private final @Nullable RedisOptions options;
    private final Guard guard;
    private @Nullable Redis client;

    /// @param url `redis://:password@host:6379` or `rediss://`; empty for none
    /// @param authority a PEM file with the certificates to trust instead of the usual ones
    SharedRedis(
            Vertx vertx,
            @ConfigProperty(name = "tarn.redis.url") Optional<Secret> url,
            @ConfigProperty(name = "tarn.redis.ca") Optional<String> authority) {
        this.vertx = vertx;
        this.options = url.map(at -> options(at.value(), authority)).orElse(null);
        this.guard = Guard.create()
                .withTimeout()
                .duration(TIMEOUT.toMillis(), ChronoUnit.MILLIS)
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(BREAKER_USES)
                .failureRatio(0.5)
                .delay(PAUSE.toMillis(), ChronoUnit.MILLIS)
                .onStateChange(this::changed)
                .done()
                .build();
    }

    private static RedisOptions options(String url, Optional<String> authority) {
        if (!url.startsWith("redis://") && !url.startsWith("rediss://")) {
            throw new IllegalArgumentException("TARN_REDIS_URL must begin with redis:// or rediss://.");
        }
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setHostnameVerificationAlgorithm("HTTPS");
        authority.ifPresent(file -> net.setTrustOptions(new PemTrustOptions().addCertPath(file)));
        return new RedisOptions()
                .setConnectionString(url)
                .setNetClientOptions(net)
                .setMaxPoolSize(CONNECTIONS)
                .setMaxPoolWaiting(MAX_WAITING);
    }

    /// Whether there is one.
    public boolean isConfigured() {
        return options != null;
    }

    /// Sends one command within a use.
    public CompletableFuture<@Nullable Response> send(Request command) {
        return client().send(command).toCompletionStage().toCompletableFuture();
    }

    /// Uses the server for something that may take several commands.
    ///
    /// @return fails when it does not complete in time, or the server is left alone after failures
    public <T> CompletableFuture<T> use(Supplier<CompletionStage<T>> work) {
        try {
            return guard.get(work, new TypeLiteral<CompletionStage<T>>() {}).toCompletableFuture();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private synchronized Redis client() {
        if (client == null) {
            if (options == null) {
                throw new IllegalStateException("There is no TARN_REDIS_URL.");
            }
            client = Redis.createClient(vertx, options);
        }
        return client;
    }

    private void changed(CircuitBreakerState state) {
        switch (state) {
            case OPEN -> {
                LOG.warn("Redis does not answer in time: each process goes on by itself until it does");
                close();
            }
            case HALF_OPEN -> LOG.debug("Redis is tried again");
            case CLOSED -> LOG.info("Redis answers again");
        }
    }

    /// Closes its connections, of which some may hang; the next use opens new ones.
    @PreDestroy
    synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
