package tarn.tasks;

import java.util.Locale;

/// The types of events of a label.
enum LabelEvent {
    CREATED,
    CHANGED,
    DELETED,
    RESTORED;

    /// The event type in the contract.
    String type() {
        return "label." + name().toLowerCase(Locale.ROOT);
    }
}
