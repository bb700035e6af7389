package tarn.tasks;

import java.util.Locale;

/// The types of events of a project.
enum ProjectEvent {
    CREATED,
    CHANGED,
    DELETED,
    RESTORED;

    /// The event type in the contract.
    String type() {
        return "project." + name().toLowerCase(Locale.ROOT);
    }
}
