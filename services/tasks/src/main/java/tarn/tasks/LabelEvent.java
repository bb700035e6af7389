package tarn.tasks;

import java.util.Locale;

/// What happens to a label.
enum LabelEvent {
    CREATED,
    CHANGED,
    DELETED;

    /// The name under which followers know it.
    String type() {
        return "label." + name().toLowerCase(Locale.ROOT);
    }
}
