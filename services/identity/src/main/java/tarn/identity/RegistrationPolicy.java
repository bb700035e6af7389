package tarn.identity;

import java.util.Locale;

/// The policy in force: who may register, and who may invite users without an account.
///
/// @param open whether everyone may register
/// @param firstUser whether nobody has registered yet; the first user always may, and becomes
/// administrator
/// @param invitations who may invite users without an account
record RegistrationPolicy(boolean open, boolean firstUser, Inviters invitations) {

    /// Who may invite users without an account.
    public enum Inviters {
        /// Owners of projects, to these; every user can own one.
        OWNERS,
        ADMINISTRATORS
    }

    /// As in the security log, such as `closed-administrators`.
    String words() {
        return (open ? "open-" : "closed-") + invitations.name().toLowerCase(Locale.ROOT);
    }
}
