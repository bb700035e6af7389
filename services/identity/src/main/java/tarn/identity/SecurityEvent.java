package tarn.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One line of the security log, which administrators read, and each user of their own account.
///
/// @param user the account that it is about; null when there is none
/// @param actor the user who did it; null when unknown
/// @param address of the request; empty when unknown
/// @param reason a word of the kind's own; null when the kind says it all
/// @param count how many events of one second and address the line stands for
record SecurityEvent(
        UUID id,
        EventKind kind,
        Instant occurredAt,
        @Nullable UUID user,
        @Nullable UUID actor,
        String address,
        @Nullable String reason,
        int count) {

    /// How long a line is kept.
    static final Duration KEPT = Duration.ofDays(180);

    /// What has happened.
    public enum EventKind {
        /// Reason: `wrong-password`, `unknown-account`, `account-closed`.
        SIGN_IN_FAILED,
        /// A wrong password before a sensitive change in a session.
        CONFIRMATION_FAILED,
        /// Passwords were tried too often.
        THROTTLED,
        PASSWORD_CHANGED,
        PASSWORD_RESET_CREATED,
        PASSWORD_RESET_USED,
        EMAIL_CHANGED,
        /// Reason: `tarn`, or the role in a project.
        INVITED,
        /// Reason: `administrator`, `user`.
        ROLE_CHANGED,
        /// Who may register or invite. Reason: `open` or `closed` and who may invite users without an
        /// account, such as `closed-administrators`.
        REGISTRATION_CHANGED,
        ACCOUNT_CLOSED,
        ACCOUNT_REOPENED,
        TOKEN_CREATED,
        TOKEN_REVOKED,
        /// Reason: as in [SessionEvent.Reason], except `expired`.
        SESSION_ENDED,
        /// The gateway refused a change that another site's page asked for.
        CROSS_SITE_REFUSED
    }

    /// Who has caused an event, and whom it is about.
    ///
    /// @param user null when there is no account
    /// @param actor null when unknown
    record Subject(@Nullable UUID user, @Nullable UUID actor) {

        /// Nobody's account, by nobody known.
        static final Subject UNKNOWN = new Subject(null, null);

        /// Done by the user of the account.
        static Subject self(User.Id user) {
            return new Subject(user.value(), user.value());
        }

        /// Done to the account, by nobody known.
        static Subject of(User.Id user) {
            return new Subject(user.value(), null);
        }

        static Subject by(User.Id user, UUID actor) {
            return new Subject(user.value(), actor);
        }
    }
}
