package tarn.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

/// Authenticates requests by the access token in `Authorization: Bearer`, the only credential that
/// services accept, but for the service key by which identity gives services their own tokens.
@Singleton
final class BearerAuthentication implements HttpAuthenticationMechanism {

    static final String CALLER = "tarn.caller";

    private static final String CHALLENGE = "WWW-Authenticate";

    /// Why a token could not be verified, in contrast to one that is invalid.
    private static final String UNCHECKED = "tarn.unchecked";

    /// Handles a failure after authentication like any other failure.
    private static final BiConsumer<RoutingContext, Throwable> FAIL = RoutingContext::fail;

    private final AccessTokens tokens;

    /// Holds its caller strongly, so that an entry expires by age, not by last use.
    private final Cache<Caller, SecurityIdentity> identities = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(AccessTokens.MAX_REMEMBERED)
            .expireAfterWrite(AccessTokens.LIFETIME)
            .build();

    BearerAuthentication(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        String token = bearer(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (token == null) {
            return Uni.createFrom().nullItem();
        }
        Caller known = tokens.remembered(token);
        if (known != null) {
            // Quarkus REST replaces the default handler in every request, and before that maps all operations anew
            // to name the one that is asked. A handler that is not the default it leaves alone.
            context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, FAIL);
            return Uni.createFrom().item(identities.get(known, BearerAuthentication::identity));
        }
        // The first time may have to ask identity for its keys, which may not block the event loop.
        return Uni.createFrom()
                .completionStage(() -> context.vertx()
                        .executeBlocking(() -> tokens.verify(token), false)
                        .toCompletionStage())
                .onFailure(Refusal.class)
                .transform(away -> {
                    context.put(UNCHECKED, away);
                    return new AuthenticationFailedException(away);
                })
                .map(caller -> {
                    if (caller == null) {
                        throw new AuthenticationFailedException();
                    }
                    return identity(caller);
                });
    }

    /// The token of an `Authorization: Bearer` header; null when there is none.
    public static @Nullable String bearer(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : null;
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.id().toString()))
                .addRoles(caller.roles())
                .addAttribute(CALLER, caller)
                .build();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Refusal refusal = context.get(
                UNCHECKED, new Refusal.Unauthenticated("unauthenticated", "Sign in, or send a valid access token."));
        Problem problem = Problem.of(refusal, context.request().getHeader("X-Request-Id"));
        if (refusal.status() == 401) {
            context.response().putHeader(CHALLENGE, "Bearer");
        }
        context.response()
                .setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(problem.json());
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, CHALLENGE, "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
