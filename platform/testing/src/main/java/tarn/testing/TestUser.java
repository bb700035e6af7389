package tarn.testing;

import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A signed-in user with an [Api] client; the access token is signed on first use, because a
/// signature takes some 10 ms.
public final class TestUser {

    private final UUID id;
    private final SignedTokens tokens;
    private @Nullable Api api;

    /// @param tokens signs the user's access token
    public TestUser(UUID id, SignedTokens tokens) {
        this.id = id;
        this.tokens = tokens;
    }

    public UUID id() {
        return id;
    }

    /// A client for this user, with an account in this time zone; retries requests answered with 503.
    public Api api(String timeZone) {
        return Api.here().retryingUnavailable().bearer(tokens.session(id, ZoneId.of(timeZone)));
    }

    /// A client for this user; retries requests answered with 503.
    public synchronized Api api() {
        if (api == null) {
            api = Api.here().retryingUnavailable().bearer(tokens.session(id));
        }
        return api;
    }
}
