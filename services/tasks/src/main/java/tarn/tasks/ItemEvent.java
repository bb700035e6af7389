package tarn.tasks;

import java.util.Locale;

/// The types of events of an item.
enum ItemEvent {
    CREATED,
    CHANGED,
    DELETED,
    RESTORED;

    /// The event type in the contract.
    String type() {
        return "item." + name().toLowerCase(Locale.ROOT);
    }
}
