package tarn.platform.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Refusal;

/// Calls other services over HTTP in the name of one service; a class that injects it gets its own
/// service's client.
///
/// Start reading at [Call]; [CallTimeout] has the timeouts, [CallLimits] the other limits. Calls carry
/// an access token, the request id and the remaining time; they are retried within a budget and
/// guarded by a circuit breaker.
public final class ServiceClient {

    /// How long before expiry an access token is renewed.
    private static final Duration EARLY = Duration.ofSeconds(60);

    @RegisterForReflection
    record ServiceToken(String value, Instant expiresAt) {}

    private final String name;
    private final @Nullable ServiceCredential credential;
    private final Routes routes;
    private final ContextPropagation context;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final HttpClient http;
    private final ExecutorService threads;
    private final Map<String, ServiceChannel> channels = new ConcurrentHashMap<>();
    private final Map<String, ServiceChannel> backgroundChannels = new ConcurrentHashMap<>();
    private final ServiceChannel signIn;
    private CompletableFuture<ServiceToken> exchange = CompletableFuture.failedFuture(new IllegalStateException());
    private volatile @Nullable ServiceToken token;

    /// @param name of the calling service
    /// @param credential null when the service has no key
    ServiceClient(
            String name,
            @Nullable ServiceCredential credential,
            Routes routes,
            ContextPropagation context,
            ObjectMapper mapper,
            Clock clock,
            HttpClient http,
            ExecutorService threads) {
        this.name = name;
        this.credential = credential;
        this.routes = routes;
        this.context = context;
        this.mapper = mapper;
        this.clock = clock;
        this.http = http;
        this.threads = threads;
        this.signIn = new ServiceChannel(Catalogue.IDENTITY, http, routes, CallLimits.BULKHEAD);
    }

    /// A call to a service, as this service and for the current request.
    public Call to(String service) {
        ServiceChannel channel =
                channels.computeIfAbsent(service, _ -> new ServiceChannel(service, http, routes, CallLimits.BULKHEAD));
        return new Call(channel, context.current(), mapper, this::authorization, CallTimeout.USUAL);
    }

    /// A call that no user waits for, as this service: within [CallTimeout#BACKGROUND], on a
    /// channel of its own.
    public Call inBackgroundTo(String service) {
        ServiceChannel channel = backgroundChannels.computeIfAbsent(
                service, _ -> new ServiceChannel(service, http, routes, CallLimits.BACKGROUND_BULKHEAD));
        return new Call(
                channel, context.current().withoutDeadline(), mapper, this::authorization, CallTimeout.BACKGROUND);
    }

    /// This service's `Authorization`, obtained from identity if necessary.
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

    /// Shares one token exchange between concurrent callers; it continues when one of them times
    /// out.
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
        if (credential == null) {
            throw new Refusal.Unavailable(
                    "The " + name + " service has no key: TARN_" + name.toUpperCase(Locale.ROOT) + "_KEY is not set.");
        }
        // Neither kind of calls shall suffer from what the other's tokens cost.
        ServiceToken next = new Call(signIn, context.current(), mapper, _ -> null, CallTimeout.NEEDED)
                .as("Basic " + credential.basic())
                .repeatable()
                .post("/internal/identity/service-tokens", null, ServiceToken.class);
        token = next;
        return next;
    }
}
