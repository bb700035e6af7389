package tarn.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// A sign-in of a user on a device, valid for 30 days after its last use and at most 180 days.
///
/// @param kind of credential that the device holds
/// @param expiresAt moves with use, up to [#MAX_LIFETIME] after creation
record Session(
        Id id, User.Id user, Kind kind, Device device, Instant createdAt, Instant lastUsedAt, Instant expiresAt) {

    /// Lifetime without use.
    static final Duration IDLE = Duration.ofDays(30);

    /// Lifetime in all.
    static final Duration MAX_LIFETIME = Duration.ofDays(180);

    /// Minimum interval between updates of the last use, so that not every request is a write.
    static final Duration NOTED = Duration.ofMinutes(1);

    /// Identifies a session.
    public record Id(UUID value) {}

    /// The credential that the device holds.
    public enum Kind {
        /// A browser's cookie, which no script can read.
        COOKIE,
        /// A chain of refresh tokens.
        TOKEN
    }

    static Session open(Id id, User.Id user, Kind kind, Device device, Instant now) {
        return new Session(id, user, kind, device, now, now, now.plus(IDLE));
    }

    boolean isLive(Instant now) {
        return expiresAt.isAfter(now);
    }

    /// The session after a use; unchanged when the last use was just recorded.
    Session use(Device from, Instant now) {
        if (lastUsedAt.plus(NOTED).isAfter(now)) {
            return this;
        }
        Instant last = createdAt.plus(MAX_LIFETIME);
        Instant idle = now.plus(IDLE);
        return new Session(id, user, kind, from, createdAt, now, idle.isBefore(last) ? idle : last);
    }
}
