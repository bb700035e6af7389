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

/// Exchanges session cookies and personal access tokens for access tokens at identity, and caches
/// these until they expire, denials for 1 s, in at most 16 MiB.
///
/// The key is the SHA-256 of the secret. Concurrent requests with one secret share an exchange. A
/// token is renewed in the background in its last minute, so that shorter outages of identity go
/// unnoticed.
@Singleton
final class CredentialExchange {

    /// How long before expiry a token is renewed.
    static final Duration RENEWAL = Duration.ofSeconds(60);

    /// How long an unknown secret stays cached; a session that is just being created must not be
    /// locked out for long.
    static final Duration DENIAL = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(CredentialExchange.class);

    /// Bytes of the cache.
    private static final int MAX_REMEMBERED_BYTES = 16 * 1024 * 1024;

    /// Bytes of a cache entry beside its token.
    private static final int BYTES_OF_SECRET = 500;

    private static final String PATH = "/internal/identity/access-tokens";

    /// The request to identity.
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
    private final AsyncCache<ByteBuffer, CredentialExchangeResult> grants;

    CredentialExchange(ServiceClient services, AccessTokens tokens, Clock clock, BlockingThreads threads) {
        this.services = services;
        this.tokens = tokens;
        this.clock = clock;
        this.threads = threads;
        this.grants = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .maximumWeight(MAX_REMEMBERED_BYTES)
                .weigher((ByteBuffer _, CredentialExchangeResult grant) -> BYTES_OF_SECRET + tokenLength(grant))
                .expireAfter(Expiry.<ByteBuffer, CredentialExchangeResult>creating((_, grant) -> lifetime(grant)))
                .buildAsync();
    }

    /// The cached or pending grant of a secret; null for none.
    @Nullable
    CompletableFuture<CredentialExchangeResult> remembered(Credential.Secret secret) {
        return grants.getIfPresent(digest(secret));
    }

    /// The grant of a secret, from the cache or from identity. A failure of identity goes to all
    /// waiting requests and is not cached.
    CompletableFuture<CredentialExchangeResult> grant(
            Credential.Secret secret, String address, @Nullable String userAgent) {
        return grants.get(digest(secret), (_, _) -> ask(secret, address, userAgent));
    }

    /// Renews a token that expires soon, once.
    void renew(
            CredentialExchangeResult.Given grant,
            Credential.Secret secret,
            String address,
            @Nullable String userAgent) {
        boolean due = grant.caller().expiresAt().minus(RENEWAL).isBefore(clock.instant());
        if (due && grant.renewing().compareAndSet(false, true)) {
            threads.execute(() -> {
                CredentialExchangeResult next = exchange(request(secret, address, userAgent));
                if (next instanceof CredentialExchangeResult.Unanswered) {
                    grant.renewing().set(false);
                } else {
                    grants.put(digest(secret), CompletableFuture.completedFuture(next));
                }
            });
        }
    }

    /// Removes all tokens of a credential.
    void forget(Caller caller) {
        grants.synchronous()
                .asMap()
                .values()
                .removeIf(grant -> grant instanceof CredentialExchangeResult.Given given
                        && given.caller().credential().equals(caller.credential()));
    }

    private CompletableFuture<CredentialExchangeResult> ask(
            Credential.Secret secret, String address, @Nullable String userAgent) {
        if (secret.value().isEmpty()) {
            return CompletableFuture.completedFuture(denied());
        }
        return CompletableFuture.supplyAsync(() -> exchange(request(secret, address, userAgent)), threads);
    }

    private static ExchangeRequest request(Credential.Secret secret, String address, @Nullable String userAgent) {
        return new ExchangeRequest(secret.kind().name().toLowerCase(Locale.ROOT), secret.value(), address, userAgent);
    }

    private CredentialExchangeResult exchange(ExchangeRequest request) {
        try {
            String token = services.to("identity")
                    .within(CallTimeout.NEEDED)
                    .repeatable()
                    .post(PATH, request, ExchangedToken.class)
                    .value();
            Caller caller = tokens.verify(token);
            if (caller != null) {
                return new CredentialExchangeResult.Given("Bearer " + token, caller, new AtomicBoolean());
            }
            LOG.error("The identity service answers with a token that cannot be verified");
            return new CredentialExchangeResult.Unanswered();
        } catch (Refusal.NotFound unknown) {
            return denied();
        } catch (Refusal.Unavailable away) {
            return new CredentialExchangeResult.Unanswered();
        }
    }

    private CredentialExchangeResult denied() {
        return new CredentialExchangeResult.Denied(clock.instant().plus(DENIAL));
    }

    private Duration lifetime(CredentialExchangeResult grant) {
        return switch (grant) {
            case CredentialExchangeResult.Unanswered _ -> Duration.ZERO;
            case CredentialExchangeResult.Denied denied -> Duration.between(clock.instant(), denied.until());
            case CredentialExchangeResult.Given given ->
                Duration.between(clock.instant(), given.caller().expiresAt());
        };
    }

    private static int tokenLength(CredentialExchangeResult grant) {
        return grant instanceof CredentialExchangeResult.Given given
                ? given.authorization().length()
                : 0;
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
