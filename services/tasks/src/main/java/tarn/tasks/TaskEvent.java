package tarn.tasks;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened to a task. Holds the task's state after it but none of its free text.
sealed interface TaskEvent {

    /// The name under which followers know it.
    String type();

    /// What followers may know of a task.
    record State(
            UUID project,
            @Nullable UUID section,
            @Nullable UUID parent,
            Task.Status status,
            Task.Priority priority,
            @Nullable String start,
            @Nullable String due,
            Set<UUID> assignees,
            boolean archived,
            @Nullable Instant completedAt,
            Instant createdAt,
            long version) {

        static State of(Task task) {
            Task.Content content = task.content();
            return new State(
                    task.project().value(),
                    content.section() == null ? null : content.section().value(),
                    content.parent() == null ? null : content.parent().value(),
                    content.status(),
                    content.priority(),
                    text(content.start()),
                    text(content.due()),
                    content.assignees(),
                    content.archived(),
                    task.completedAt(),
                    task.createdAt(),
                    task.version());
        }

        private static @Nullable String text(@Nullable DateOrTime value) {
            return value == null ? null : value.text();
        }
    }

    /// The event that tells how one became the other.
    static TaskEvent of(Task before, Task after) {
        if (before.content().status() != after.content().status()) {
            return after.content().status() == Task.Status.DONE
                    ? new Completed(State.of(after))
                    : new Reopened(State.of(after));
        }
        return new Changed(State.of(after));
    }

    record Opened(State task) implements TaskEvent {
        @Override
        public String type() {
            return "task.opened";
        }
    }

    record Changed(State task) implements TaskEvent {
        @Override
        public String type() {
            return "task.changed";
        }
    }

    record Completed(State task) implements TaskEvent {
        @Override
        public String type() {
            return "task.completed";
        }
    }

    record Reopened(State task) implements TaskEvent {
        @Override
        public String type() {
            return "task.reopened";
        }
    }

    record Moved(State task) implements TaskEvent {
        @Override
        public String type() {
            return "task.moved";
        }
    }

    record Removed(UUID project, long version) implements TaskEvent {
        @Override
        public String type() {
            return "task.removed";
        }
    }

    record Restored(State task) implements TaskEvent {
        @Override
        public String type() {
            return "task.restored";
        }
    }
}
