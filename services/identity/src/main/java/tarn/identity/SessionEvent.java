package tarn.identity;

import java.util.UUID;

/// What happened to a session. Holds no address: events travel far.
sealed interface SessionEvent {

    /// The name under which followers know it.
    String type();

    record Created(UUID userId, Session.Kind kind) implements SessionEvent {
        @Override
        public String type() {
            return "session.created";
        }
    }

    record Ended(UUID userId, Reason reason) implements SessionEvent {
        @Override
        public String type() {
            return "session.ended";
        }
    }

    /// Why a session ended.
    enum Reason {
        SIGNED_OUT,
        /// By its owner, from another one.
        REVOKED,
        PASSWORD_CHANGED,
        /// A refresh token was presented that had been exchanged long before: someone has a copy.
        REFRESH_TOKEN_REUSED,
        EXPIRED
    }
}
