package tarn.identity;

/// The event of an administrator opening or closing registration.
///
/// @param open whether everyone may register from now on
/// @param invitations who may invite users without an account from now on
record RegistrationEvent(boolean open, RegistrationPolicy.Inviters invitations) {

    /// The event type in the contract.
    String type() {
        return "registration.changed";
    }
}
