package tarn.identity;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A refresh token of a session: exchanged once, for an access token and its successor.
///
/// @param usedAt first exchange; null before
record RefreshToken(
        Session.Id session, Instant createdAt, @Nullable Instant usedAt) {

    /// How long it is valid, and how long a used one is stored.
    static final Duration LIFETIME = Session.IDLE;

    /// How long it may be exchanged again for the same unused successor, for concurrent tabs and
    /// lost responses.
    static final Duration GRACE = Duration.ofSeconds(10);

    boolean isExpired(Instant now) {
        return !createdAt.plus(LIFETIME).isAfter(now);
    }

    /// Whether presenting it now shows that it was copied.
    boolean isReused(Instant now) {
        return usedAt != null && usedAt.plus(GRACE).isBefore(now);
    }
}
