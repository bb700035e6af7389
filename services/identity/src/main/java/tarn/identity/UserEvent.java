package tarn.identity;

import java.util.Locale;

/// The types of events of an account.
enum UserEvent {
    CREATED,
    CHANGED,
    PASSWORD_CHANGED,
    DELETED;

    /// The event type in the contract.
    String type() {
        return "user." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
