package tarn.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.security.AccessTokens;
import tarn.platform.security.Caller;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Cookies and personal access tokens, exchanged for access tokens by identity and remembered until
/// those end.
///
/// What is remembered is the secret's SHA-256, never the secret. Many first requests with one secret
/// make one exchange. In the last minute of a token the next is fetched while the old one still
/// serves, so that nobody waits, and nobody notices when identity is away for shorter than that.
@Singleton
final class Credentials {

    /// How long before a token's end the next one is asked for.
    static final Duration RENEWAL = Duration.ofSeconds(60);

    /// How long a secret stays unknown: it may be a session that begins this moment.
    static final Duration DENIAL = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Credentials.class);

    /// Bytes of all that is remembered.
    private static final int MAX_REMEMBERED_BYTES = 16 * 1024 * 1024;

    /// Bytes that are remembered of a secret, beside its token.
    private static final int BYTES_OF_SECRET = 500;

    private static final String PATH = "/internal/identity/access-tokens";

    /// What identity is asked with.
    record ExchangeRequest(
            String kind,
            String secret,
            String address,
            @Nullable String userAgent) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record ExchangedToken(String value) {}

    private final ServiceClient services;
    private final AccessTokens tokens;
    private final Clock clock;
    private final Executor threads;
    private final AsyncCache<ByteBuffer, Grant> grants;

    Credentials(ServiceClient services, AccessTokens tokens, Clock clock, Threads threads) {
        this.services = services;
        this.tokens = tokens;
        this.clock = clock;
        this.threads = threads;
        this.grants = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .maximumWeight(MAX_REMEMBERED_BYTES)
                .weigher((ByteBuffer _, Grant grant) -> BYTES_OF_SECRET + tokenLength(grant))
                .expireAfter(Expiry.<ByteBuffer, Grant>creating((_, grant) -> lifetime(grant)))
                .buildAsync();
    }

    /// What is remembered of a secret, or being asked for this moment; null when that is nothing.
    @Nullable
    CompletableFuture<Grant> remembered(Credential.Secret secret) {
        return grants.getIfPresent(digest(secret));
    }

    /// What identity gives for a secret, remembered or asked for now.
    ///
    /// That identity does not answer is told to all who wait, and not remembered.
    CompletableFuture<Grant> grant(Credential.Secret secret, String address, @Nullable String userAgent) {
        return grants.get(digest(secret), (_, _) -> ask(secret, address, userAgent));
    }

    /// Fetches the next token when this one ends soon, once.
    void renew(Grant.Given grant, Credential.Secret secret, String address, @Nullable String userAgent) {
        boolean due = grant.caller().expiresAt().minus(RENEWAL).isBefore(clock.instant());
        if (due && grant.renewing().compareAndSet(false, true)) {
            threads.execute(() -> {
                Grant next = exchange(request(secret, address, userAgent));
                if (next instanceof Grant.Unanswered) {
                    grant.renewing().set(false);
                } else {
                    grants.put(digest(secret), CompletableFuture.completedFuture(next));
                }
            });
        }
    }

    /// Forgets every token that was given for a credential.
    void forget(Caller caller) {
        grants.synchronous()
                .asMap()
                .values()
                .removeIf(grant -> grant instanceof Grant.Given given
                        && given.caller().credential().equals(caller.credential()));
    }

    private CompletableFuture<Grant> ask(Credential.Secret secret, String address, @Nullable String userAgent) {
        if (secret.value().isEmpty()) {
            return CompletableFuture.completedFuture(denied());
        }
        return CompletableFuture.supplyAsync(() -> exchange(request(secret, address, userAgent)), threads);
    }

    private static ExchangeRequest request(Credential.Secret secret, String address, @Nullable String userAgent) {
        return new ExchangeRequest(secret.kind().name().toLowerCase(Locale.ROOT), secret.value(), address, userAgent);
    }

    private Grant exchange(ExchangeRequest request) {
        try {
            String token = services.to("identity")
                    .within(CallTimeout.NEEDED)
                    .repeatable()
                    .post(PATH, request, ExchangedToken.class)
                    .value();
            Caller caller = tokens.verify(token);
            if (caller != null) {
                return new Grant.Given("Bearer " + token, caller, new AtomicBoolean());
            }
            LOG.error("The identity service answers with a token that cannot be verified");
            return new Grant.Unanswered();
        } catch (Refusal.NotFound unknown) {
            return denied();
        } catch (Refusal.Unavailable away) {
            return new Grant.Unanswered();
        }
    }

    private Grant denied() {
        return new Grant.Denied(clock.instant().plus(DENIAL));
    }

    private Duration lifetime(Grant grant) {
        return switch (grant) {
            case Grant.Unanswered _ -> Duration.ZERO;
            case Grant.Denied denied -> Duration.between(clock.instant(), denied.until());
            case Grant.Given given ->
                Duration.between(clock.instant(), given.caller().expiresAt());
        };
    }

    private static int tokenLength(Grant grant) {
        return grant instanceof Grant.Given given ? given.authorization().length() : 0;
    }

    private static ByteBuffer digest(Credential.Secret secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(secret.kind().name().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(sha.digest(secret.value().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
