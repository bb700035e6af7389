package tarn.platform.security;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// The user for whom another service calls, by the user's own access token, so that a service has no more
/// rights than that user.
@Singleton
public final class OnBehalfOf {

    /// Holds what the user's own `Authorization` would.
    public static final String HEADER = "Tarn-On-Behalf-Of";

    private final AccessTokens tokens;
    private final CurrentCaller current;

    OnBehalfOf(AccessTokens tokens, CurrentCaller current) {
        this.tokens = tokens;
        this.current = current;
    }

    /// The user, with the name of the service that asks. May ask identity for its keys.
    ///
    /// @param header what [#HEADER] says
    /// @param scope what the user must be allowed
    /// @throws Refusal.Unauthenticated when that is nobody
    /// @throws Refusal.Forbidden when the token does not reach so far
    public Caller caller(@Nullable String header, String scope) {
        String token = BearerAuthentication.bearer(header);
        Caller caller = token == null ? null : tokens.verify(token);
        if (caller == null || caller.kind() == Caller.Kind.SERVICE) {
            throw new Refusal.Unauthenticated("unauthenticated", "Sign in, or send a valid access token.");
        }
        if (!caller.roles().contains(scope)) {
            throw new Refusal.Forbidden("forbidden", "This credential may not do that.");
        }
        return caller.representedBy(current.get());
    }
}
