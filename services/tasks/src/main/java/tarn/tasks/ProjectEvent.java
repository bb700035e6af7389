package tarn.tasks;

import java.util.Locale;

/// What happens to a project.
enum ProjectEvent {
    CREATED,
    CHANGED,
    DELETED,
    RESTORED;

    /// The name under which followers know it.
    String type() {
        return "project." + name().toLowerCase(Locale.ROOT);
    }
}
