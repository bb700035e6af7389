package tarn.identity;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One link of a session's chain: exchanged once, for an access token and the next link.
///
/// @param usedAt when it was first exchanged; null while it was not
record RefreshToken(
        Session.Id session, Instant createdAt, @Nullable Instant usedAt) {

    /// How long it can be exchanged, and how long one that was is remembered.
    static final Duration LIFETIME = Session.IDLE;

    /// How long after its first exchange it may be exchanged again, for the same successor and while
    /// that was not used itself: two tabs that refresh at once, or an answer that got lost.
    static final Duration GRACE = Duration.ofSeconds(10);

    boolean isExpired(Instant now) {
        return !createdAt.plus(LIFETIME).isAfter(now);
    }

    /// Whether presenting it now shows that another user has it.
    boolean isReused(Instant now) {
        return usedAt != null && usedAt.plus(GRACE).isBefore(now);
    }
}
