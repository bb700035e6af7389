package tarn.platform.security;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Reads the user's own access token from a call that a service makes on the user's behalf, so that
/// the service has no more rights than the user.
@Singleton
public final class OnBehalfOf {

    /// Carries the user's `Authorization`.
    public static final String HEADER = "Tarn-On-Behalf-Of";

    private final AccessTokens tokens;
    private final CurrentCaller current;

    OnBehalfOf(AccessTokens tokens, CurrentCaller current) {
        this.tokens = tokens;
        this.current = current;
    }

    /// The user, with the calling service's name. May fetch identity's keys.
    ///
    /// @param header the value of [#HEADER]
    /// @param scope required of the user's credential
    /// @throws Refusal.Unauthenticated when the token is missing, invalid or a service's
    /// @throws Refusal.Forbidden when the credential lacks the scope
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
