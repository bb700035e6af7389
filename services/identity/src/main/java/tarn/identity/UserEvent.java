package tarn.identity;

import java.util.Locale;

/// What happens to an account.
enum UserEvent {
    CREATED,
    CHANGED,
    PASSWORD_CHANGED,
    DELETED;

    /// The name under which followers know it.
    String type() {
        return "user." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
