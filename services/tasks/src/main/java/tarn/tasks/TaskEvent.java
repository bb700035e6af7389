package tarn.tasks;

import java.util.Locale;

/// The types of events of a task.
enum TaskEvent {
    CREATED,
    CHANGED,
    COMPLETED,
    REOPENED,
    MOVED,
    DELETED,
    RESTORED;

    /// The event for the change from one state of a task to another.
    static TaskEvent of(Task before, Task after) {
        if (before.content().status() == after.content().status()) {
            return CHANGED;
        }
        return after.content().status() == Task.Status.DONE ? COMPLETED : REOPENED;
    }

    /// The event type in the contract.
    String type() {
        return "task." + name().toLowerCase(Locale.ROOT);
    }
}
