package tarn.tasks;

import java.util.Locale;

/// What happens to a section.
enum SectionEvent {
    CREATED,
    CHANGED,
    DELETED;

    /// The name under which followers know it.
    String type() {
        return "section." + name().toLowerCase(Locale.ROOT);
    }
}
