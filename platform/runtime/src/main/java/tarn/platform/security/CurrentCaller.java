package tarn.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// The caller of the current request.
@Singleton
public final class CurrentCaller {

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /// The caller; null when the request is anonymous.
    public @Nullable Caller present() {
        return identity.getAttribute(BearerAuthentication.CALLER);
    }

    /// @throws Refusal.Unauthenticated when the request is anonymous
    public Caller get() {
        Caller caller = present();
        if (caller == null) {
            throw new Refusal.Unauthenticated("unauthenticated", "Sign in, or send a valid access token.");
        }
        return caller;
    }
}
