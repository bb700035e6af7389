package tarn.tasks;

import java.util.Locale;

/// What happens to an item.
enum ItemEvent {
    CREATED,
    CHANGED,
    DELETED,
    RESTORED;

    /// The name under which followers know it.
    String type() {
        return "item." + name().toLowerCase(Locale.ROOT);
    }
}
