package tarn.tasks;

import java.util.Locale;

/// The types of events of a section.
enum SectionEvent {
    CREATED,
    CHANGED,
    DELETED,
    RESTORED;

    /// The event type in the contract.
    String type() {
        return "section." + name().toLowerCase(Locale.ROOT);
    }
}
