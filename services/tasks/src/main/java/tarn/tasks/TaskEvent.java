package tarn.tasks;

import java.util.Locale;

/// What happens to a task.
enum TaskEvent {
    CREATED,
    CHANGED,
    COMPLETED,
    REOPENED,
    MOVED,
    DELETED,
    RESTORED;

    /// The event that tells how one became the other.
    static TaskEvent of(Task before, Task after) {
        if (before.content().status() == after.content().status()) {
            return CHANGED;
        }
        return after.content().status() == Task.Status.DONE ? COMPLETED : REOPENED;
    }

    /// The name under which followers know it.
    String type() {
        return "task." + name().toLowerCase(Locale.ROOT);
    }
}
