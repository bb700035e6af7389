package tarn.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// A link by which a user takes a new password without the former one, once and within an hour.
record PasswordReset(Id id, User.Id user, Instant createdAt, Instant expiresAt) {

    /// Prefix of every secret, by which secret scanners recognise it.
    static final String PREFIX = "tarn_rst_";

    /// Lifetime of a link.
    static final Duration LIFETIME = Duration.ofHours(1);

    /// Identifies a reset.
    public record Id(UUID value) {}

    static PasswordReset create(Id id, User.Id user, Instant now) {
        return new PasswordReset(id, user, now, now.plus(LIFETIME));
    }

    boolean isLive(Instant now) {
        return expiresAt.isAfter(now);
    }
}
