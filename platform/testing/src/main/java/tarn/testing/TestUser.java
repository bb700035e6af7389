package tarn.testing;

import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A user who has signed in, and the service that `@QuarkusTest` has started as they see it.
///
/// Their token is signed when they ask for the first time: a signature takes a hundredth of a second here, and
/// most users of a test only have to be there.
public final class TestUser {

    private final UUID id;
    private final SignedTokens tokens;
    private @Nullable Api api;

    /// @param tokens signs for them
    public TestUser(UUID id, SignedTokens tokens) {
        this.id = id;
        this.tokens = tokens;
    }

    public UUID id() {
        return id;
    }

    /// Asks in their name, with an account in this time zone.
    public Api api(String timeZone) {
        return Api.here().bearer(tokens.session(id, ZoneId.of(timeZone)));
    }

    /// Asks in their name.
    public synchronized Api api() {
        if (api == null) {
            api = Api.here().bearer(tokens.session(id));
        }
        return api;
    }
}
