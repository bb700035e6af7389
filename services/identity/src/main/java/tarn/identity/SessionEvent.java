package tarn.identity;

import java.util.UUID;

/// An event of a session, without addresses, since events leave the service.
sealed interface SessionEvent {

    /// The event type in the contract.
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
        /// Ended by its user from another session.
        REVOKED,
        PASSWORD_CHANGED,
        /// The password was set by a reset link.
        PASSWORD_RESET,
        /// An administrator made or unmade the user an administrator.
        ROLE_CHANGED,
        /// Ended by an administrator.
        ENDED_BY_ADMINISTRATOR,
        ACCOUNT_CLOSED,
        /// A refresh token was presented long after its exchange, and so was copied.
        REFRESH_TOKEN_REUSED,
        EXPIRED
    }
}
