package tarn.identity;

/// Who may register, and who may let in others by invitations.
///
/// @param open whether anybody may register, at present
/// @param firstUser whether nobody has registered yet; the first may always, and administers this Tarn
/// @param invitations who may invite users without an account
record Registration(boolean open, boolean firstUser, Inviters invitations) {

    /// Who may invite users without an account.
    public enum Inviters {
        /// Everybody, for owners are what everybody can become.
        OWNERS,
        ADMINISTRATORS
    }
}
