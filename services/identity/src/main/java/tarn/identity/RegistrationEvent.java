package tarn.identity;

/// What administrators decided about registration.
///
/// @param open whether anybody may register from now on
/// @param invitations who may invite users without an account from now on
record RegistrationEvent(boolean open, Registration.Inviters invitations) {

    /// The name under which followers know it.
    String type() {
        return "registration.changed";
    }
}
