package tarn.tasks;

import java.util.Locale;

/// What happens to a membership.
enum MemberEvent {
    ADDED,
    CHANGED,
    REMOVED;

    /// The name under which followers know it.
    String type() {
        return "member." + name().toLowerCase(Locale.ROOT);
    }
}
