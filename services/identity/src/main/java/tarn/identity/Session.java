package tarn.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// A user signed in on one device.
///
/// @param kind what the device holds
/// @param expiresAt moves on with use, up to [#MAX_LIFETIME] after the beginning
record Session(
        Id id, User.Id user, Kind kind, Device device, Instant createdAt, Instant lastUsedAt, Instant expiresAt) {

    /// How long it lasts without use.
    static final Duration IDLE = Duration.ofDays(30);

    /// How long it lasts at most.
    static final Duration MAX_LIFETIME = Duration.ofDays(180);

    /// Use is noted at most this often: not each request is a write.
    static final Duration NOTED = Duration.ofMinutes(1);

    /// Names one session.
    public record Id(UUID value) {}

    /// What the device holds.
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

    /// The session after being used; the same when that was noted a moment ago.
    Session use(Device from, Instant now) {
        if (lastUsedAt.plus(NOTED).isAfter(now)) {
            return this;
        }
        Instant last = createdAt.plus(MAX_LIFETIME);
        Instant idle = now.plus(IDLE);
        return new Session(id, user, kind, from, createdAt, now, idle.isBefore(last) ? idle : last);
    }
}
