package tarn.platform.service;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import tarn.platform.Secret;
import tarn.platform.problem.Refusal;

/// Calls other services over HTTP: start reading at [Call], which is one call; [Patience] and [Limits] have
/// the numbers.
///
/// A call says who asks (this service, with a token that identity gives for its key, or the person it serves),
/// and passes on the request's name and how long the caller still waits. It never lasts longer than its
/// patience; what fails quickly and may be repeated is, within a budget. A service that keeps failing is left
/// alone for a moment.
@Singleton
public final class ServiceClient {

    /// How long before its end a token is renewed.
    private static final Duration EARLY = Duration.ofSeconds(60);

    @RegisterForReflection
    record ServiceToken(String value, Instant expiresAt) {}

    private final Routes routes;
    private final Inbound inbound;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final String name;
    private final @Nullable Secret key;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Patience.NEEDED.duration())
            .executor(threads)
            .build();
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private CompletableFuture<ServiceToken> exchange = CompletableFuture.failedFuture(new IllegalStateException());
    private volatile @Nullable ServiceToken token;

    ServiceClient(
            Routes routes,
            Inbound inbound,
            ObjectMapper mapper,
            Clock clock,
            @ConfigProperty(name = "tarn.service", defaultValue = "gateway") String name,
            @ConfigProperty(name = "tarn.service.key") Optional<String> key) {
        this.routes = routes;
        this.inbound = inbound;
        // A service may tell more than its caller knows of: it may be the newer one.
        this.mapper = mapper.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        this.clock = clock;
        this.name = name;
        this.key = key.map(Secret::new).orElse(null);
    }

    /// A call to a service, made as this service and for the request that this thread serves.
    public Call to(String service) {
        Line line = lines.computeIfAbsent(service, _ -> new Line(service, http, routes));
        return new Call(line, inbound.passing(), mapper, this::authorization);
    }

    /// Ends all connections.
    @PreDestroy
    void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    /// Signs this service in, when it is not.
    private String authorization(long end) {
        ServiceToken present = token;
        if (present == null || !lasts(present, EARLY)) {
            CompletableFuture<ServiceToken> next = signingIn();
            // In its last minute it serves while the next is fetched.
            present = present != null && lasts(present, Duration.ZERO) ? present : awaited(next, end);
        }
        return "Bearer " + present.value();
    }

    private boolean lasts(ServiceToken token, Duration longer) {
        return token.expiresAt().isAfter(clock.instant().plus(longer));
    }

    /// Many who need a token make one exchange, which goes on when one of them has no more patience.
    private synchronized CompletableFuture<ServiceToken> signingIn() {
        if (exchange.isDone()) {
            exchange = CompletableFuture.supplyAsync(this::signIn, threads);
        }
        return exchange;
    }

    private static ServiceToken awaited(CompletableFuture<ServiceToken> exchange, long end) {
        try {
            return exchange.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof Refusal refusal ? refusal : new IllegalStateException(refused);
        } catch (TimeoutException late) {
            throw new Refusal.Unavailable("The identity service does not answer.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The server is stopping.");
        }
    }

    private ServiceToken signIn() {
        if (key == null) {
            throw new Refusal.Unavailable("This service has no key: TARN_SERVICE_KEY is not set.");
        }
        String credential =
                Base64.getEncoder().encodeToString((name + ':' + key.value()).getBytes(StandardCharsets.UTF_8));
        ServiceToken next = to("identity")
                .as("Basic " + credential)
                .within(Patience.NEEDED)
                .repeatable()
                .post("/internal/identity/service-tokens", null, ServiceToken.class);
        token = next;
        return next;
    }
}
