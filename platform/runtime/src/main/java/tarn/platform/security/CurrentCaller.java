package tarn.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// The caller of the request that is being served.
@Singleton
public final class CurrentCaller {

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /// Null when nobody has signed in.
    public @Nullable Caller present() {
        return identity.getAttribute(BearerAuthentication.CALLER);
    }

    /// @throws Refusal.Unauthenticated when nobody has signed in
    public Caller get() {
        Caller caller = present();
        if (caller == null) {
            throw new Refusal.Unauthenticated("unauthenticated", "Sign in, or send a valid access token.");
        }
        return caller;
    }
}
