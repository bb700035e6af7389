package tarn.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tarn.platform.security.AccessTokens;
import tarn.platform.security.Caller;

/// Reads the credential of a request and finds its caller in the caches, without a call to
/// identity, so that [RateLimit] can charge known users before anything costs more.
@Singleton
final class CallerLookup implements GatewayFilter {

    private final String cookie;
    private final AccessTokens tokens;
    private final CredentialExchange credentials;
    private final CredentialRevocations revocations;

    CallerLookup(
            PublicUrl url, AccessTokens tokens, CredentialExchange credentials, CredentialRevocations revocations) {
        this.cookie = url.cookie();
        this.tokens = tokens;
        this.credentials = credentials;
        this.revocations = revocations;
    }

    @Override
    public void take(GatewayExchange exchange) {
        if (exchange.forService()) {
            MultiMap headers = exchange.request().headers();
            Credential credential =
                    Credential.of(headers.get(HttpHeaders.AUTHORIZATION), headers.getAll(HttpHeaders.COOKIE), cookie);
            boolean forUsers = credential instanceof Credential.Secret;
            exchange.credential(
                    forUsers && exchange.route().target() == Route.Target.INTERNAL
                            ? new Credential.Foreign()
                            : credential);
            Caller caller = recognised(exchange);
            if (caller != null && !revocations.include(caller.credential())) {
                exchange.caller(caller);
            }
        }
        exchange.next();
    }

    private @Nullable Caller recognised(GatewayExchange exchange) {
        return switch (exchange.credential()) {
            case Credential.Token token -> tokens.remembered(token.jwt());
            case Credential.Secret secret -> {
                CompletableFuture<CredentialExchangeResult> grant = credentials.remembered(secret);
                exchange.grant(grant);
                yield grant != null && grant.getNow(null) instanceof CredentialExchangeResult.Given given
                        ? given.caller()
                        : null;
            }
            default -> null;
        };
    }
}
