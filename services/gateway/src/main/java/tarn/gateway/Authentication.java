package tarn.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.security.AccessTokens;
import tarn.platform.security.Caller;

/// Gives each request a verified access token, the only credential that services accept, exchanged
/// for a session cookie or personal access token if need be; without a valid one it continues as
/// anonymous where that is allowed.
@Singleton
final class Authentication implements GatewayFilter {

    private final PublicUrl url;
    private final AccessTokens tokens;
    private final CredentialExchange credentials;
    private final CredentialRevocations revocations;
    private final BlockingThreads threads;

    Authentication(
            PublicUrl url,
            AccessTokens tokens,
            CredentialExchange credentials,
            CredentialRevocations revocations,
            BlockingThreads threads) {
        this.url = url;
        this.tokens = tokens;
        this.credentials = credentials;
        this.revocations = revocations;
        this.threads = threads;
    }

    @Override
    public void take(GatewayExchange exchange) {
        switch (exchange.credential()) {
            case Credential.None _ -> nobody(exchange);
            case Credential.Basic _ when exchange.route().target() == Route.Target.INTERNAL -> exchange.next();
            case Credential.Basic _ -> deny(exchange);
            case Credential.Foreign _ -> deny(exchange);
            case Credential.Token token -> verify(exchange, token);
            case Credential.Secret secret -> redeem(exchange, secret);
        }
    }

    private void nobody(GatewayExchange exchange) {
        MultiMap headers = exchange.request().headers();
        headers.remove(HttpHeaders.AUTHORIZATION);
        headers.remove(HttpHeaders.COOKIE);
        exchange.next();
    }

    private void verify(GatewayExchange exchange, Credential.Token token) {
        if (exchange.caller() != null) {
            pass(exchange);
            return;
        }
        // The first time may have to ask identity for its keys.
        exchange.when(CompletableFuture.supplyAsync(() -> new Verified(tokens.verify(token.jwt())), threads), known -> {
            if (known.caller() == null || revocations.include(known.caller().credential())) {
                deny(exchange);
            } else {
                exchange.caller(known.caller());
                pass(exchange);
            }
        });
    }

    private record Verified(@Nullable Caller caller) {}

    private void redeem(GatewayExchange exchange, Credential.Secret secret) {
        String userAgent = exchange.request().getHeader(HttpHeaders.USER_AGENT);
        CompletableFuture<CredentialExchangeResult> grant =
                exchange.grant() == null ? credentials.grant(secret, exchange.address(), userAgent) : exchange.grant();
        exchange.when(grant, known -> {
            switch (known) {
                case CredentialExchangeResult.Unanswered _ ->
                    throw new Refusal.Unavailable("Your credentials cannot be checked now. Try again later.");
                case CredentialExchangeResult.Denied _ -> deny(exchange);
                case CredentialExchangeResult.Given given
                when revocations.include(given.caller().credential()) -> {
                    credentials.forget(given.caller());
                    deny(exchange);
                }
                case CredentialExchangeResult.Given given -> {
                    credentials.renew(given, secret, exchange.address(), userAgent);
                    exchange.caller(given.caller());
                    exchange.request().headers().set(HttpHeaders.AUTHORIZATION, given.authorization());
                    pass(exchange);
                }
            }
        });
    }

    private static void pass(GatewayExchange exchange) {
        exchange.request().headers().remove(HttpHeaders.COOKIE);
        exchange.next();
    }

    /// Refuses a credential that is no longer valid and clears a cookie. Public operations such as
    /// sign-in continue without it.
    private void deny(GatewayExchange exchange) {
        if (exchange.route().target() == Route.Target.INTERNAL) {
            throw new Refusal.NotFound("resource");
        }
        if (exchange.credential().ambient()) {
            exchange.context().addHeadersEndHandler(_ -> {
                if (!exchange.response().headers().contains(HttpHeaders.SET_COOKIE)) {
                    exchange.response().putHeader(HttpHeaders.SET_COOKIE, url.noCookie());
                }
            });
        }
        if (exchange.route().open(exchange.request().method().name())) {
            nobody(exchange);
            return;
        }
        throw new Refusal.Unauthenticated("unauthenticated", "Sign in, or send a valid access token.");
    }
}
