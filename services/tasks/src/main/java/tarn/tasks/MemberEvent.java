package tarn.tasks;

import java.util.Locale;

/// The types of events of a membership.
enum MemberEvent {
    ADDED,
    CHANGED,
    REMOVED,
    RESTORED;

    /// The event type in the contract.
    String type() {
        return "member." + name().toLowerCase(Locale.ROOT);
    }
}
