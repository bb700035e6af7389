package tarn.identity;

/// What administrators decided about registration.
///
/// @param open whether anybody may register from now on
record RegistrationEvent(boolean open) {

    /// The name under which followers know it.
    String type() {
        return "registration.changed";
    }
}
