package tarn.tasks;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Something to be done in a project.
///
/// Immutable: a change is a new task. What a task itself shows, such as a start after the due date,
/// is refused when it is built; whether what it points to is in the project, [TaskReferences]
/// checks.
///
/// @param completedAt when it was done; null while it is open, and when it was imported as done at
/// a time that the file did not tell
/// @param updatedBy who changed it last; null when that was before this was kept
/// @param deletedAt when it went to the trash; null when it is not there
record Task(
        Id id,
        Project.Id project,
        Content content,
        Position position,
        Subtasks subtasks,
        @Nullable Instant completedAt,
        UUID createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable UUID updatedBy,
        @Nullable Instant deletedAt,
        long version)
        implements Versioned {

    /// Assignees of a task.
    static final int MAX_ASSIGNEES = 50;

    /// Labels of a task.
    static final int MAX_LABELS = 50;

    /// Names one task.
    public record Id(UUID value) {}

    /// Whether it is done.
    enum Status {
        OPEN,
        DONE
    }

    /// How much it matters, least first.
    enum Priority {
        NONE(0),
        LOW(1),
        MEDIUM(2),
        HIGH(3),
        URGENT(4);

        private final short rank;

        Priority(int rank) {
            this.rank = (short) rank;
        }

        /// What it is stored and sorted as.
        short rank() {
            return rank;
        }

        static Priority ofRank(int rank) {
            for (Priority priority : values()) {
                if (priority.rank == rank) {
                    return priority;
                }
            }
            throw new IllegalArgumentException("No priority has rank " + rank);
        }
    }

    /// How many direct sub-tasks there are, and how many of them are done; deleted ones do not count.
    record Subtasks(int total, int done) {
        static final Subtasks NONE = new Subtasks(0, 0);
    }

    /// What editors may write.
    ///
    /// @param section the column of the board; null when it is in none
    /// @param parent the task this is a part of
    /// @param description Markdown
    /// @param start a date or a timestamp, in the years 1 to 9999, as due is
    /// @param archived put away: out of sight but not gone
    record Content(
            Section.@Nullable Id section,
            @Nullable Id parent,
            String title,
            String description,
            Status status,
            Priority priority,
            @Nullable DateOrTime start,
            @Nullable DateOrTime due,
            Set<UUID> assignees,
            Set<Label.Id> labels,
            boolean archived) {

        Content {
            assignees = Set.copyOf(assignees);
            labels = Set.copyOf(labels);
            requireStorable("/start", start);
            requireStorable("/due", due);
            if (start != null
                    && due != null
                    && start.getClass() == due.getClass()
                    && start.isAfter(due, ZoneOffset.UTC)) {
                throw startsAfterDue();
            }
        }

        private static void requireStorable(String pointer, @Nullable DateOrTime value) {
            if (value != null && !value.isStorable()) {
                throw new Refusal.Invalid(pointer, "out-of-range", "Must be in the years 1 to 9999.");
            }
        }

        private static Refusal startsAfterDue() {
            return new Refusal.Invalid("/start", "after-due", "It must not start after it is due.");
        }

        /// Whether a date and a timestamp are in order depends on the zone of whoever writes them.
        ///
        /// @param before what was written before; null when this is new
        /// @throws Refusal.Invalid when what is new starts after it is due
        void requireOrder(@Nullable Content before, ZoneId zone) {
            boolean isNew = before == null || !Objects.equals(start, before.start) || !Objects.equals(due, before.due);
            if (isNew && start != null && due != null && start.isAfter(due, zone)) {
                throw startsAfterDue();
            }
        }

        /// Whether another content has the same texts.
        boolean hasTextsOf(Content other) {
            return title.equals(other.title) && description.equals(other.description);
        }

        Content with(Status other) {
            return new Content(
                    section, parent, title, description, other, priority, start, due, assignees, labels, archived);
        }

        Content dated(@Nullable DateOrTime otherStart, @Nullable DateOrTime otherDue) {
            return new Content(
                    section,
                    parent,
                    title,
                    description,
                    status,
                    priority,
                    otherStart,
                    otherDue,
                    assignees,
                    labels,
                    archived);
        }

        Content described(String other) {
            return new Content(
                    section, parent, title, other, status, priority, start, due, assignees, labels, archived);
        }

        Content in(Section.@Nullable Id other) {
            return new Content(
                    other, parent, title, description, status, priority, start, due, assignees, labels, archived);
        }
    }

    Task {
        if (content.status() == Status.OPEN && completedAt != null) {
            throw new IllegalArgumentException("An open task has no time of completion");
        }
    }

    /// A new task.
    static Task create(Id id, Project.Id project, Content content, Position position, UUID creator, Instant now) {
        Instant completed = content.status() == Status.DONE ? now : null;
        return new Task(id, project, content, position, Subtasks.NONE, completed, creator, now, now, creator, null, 1);
    }

    /// The task with other content or at another place, one version on; itself when nothing differs.
    Task with(Content other, Position place, Instant now) {
        if (other.equals(content) && place.equals(position)) {
            return this;
        }
        boolean wasDone = content.status() == Status.DONE;
        Instant completed = other.status() == Status.OPEN ? null : wasDone ? completedAt : now;
        return new Task(
                id,
                project,
                other,
                place,
                subtasks,
                completed,
                createdBy,
                createdAt,
                now,
                updatedBy,
                deletedAt,
                version + 1);
    }

    /// The same task, whose description was read later than the rest.
    Task describedAs(String description) {
        return new Task(
                id,
                project,
                content.described(description),
                position,
                subtasks,
                completedAt,
                createdBy,
                createdAt,
                updatedAt,
                updatedBy,
                deletedAt,
                version);
    }

    /// The same task, as changed by this user.
    Task by(UUID user) {
        return new Task(
                id,
                project,
                content,
                position,
                subtasks,
                completedAt,
                createdBy,
                createdAt,
                updatedAt,
                user,
                deletedAt,
                version);
    }

    /// The same task with other dates, one version on; nobody has changed it.
    Task dated(@Nullable DateOrTime start, @Nullable DateOrTime due) {
        return new Task(
                id,
                project,
                content.dated(start, due),
                position,
                subtasks,
                completedAt,
                createdBy,
                createdAt,
                updatedAt,
                updatedBy,
                deletedAt,
                version + 1);
    }

    /// Completing a completed task changes nothing: clients retry.
    Task complete(Instant now) {
        return with(content.with(Status.DONE), position, now);
    }

    /// Reopening an open task changes nothing.
    Task reopen(Instant now) {
        return with(content.with(Status.OPEN), position, now);
    }

    /// The task at another position, in this section or in none.
    Task moveTo(Section.@Nullable Id section, Position other, Instant now) {
        return with(content.in(section), other, now);
    }

    /// Deleting a deleted task changes nothing.
    Task delete(Instant now) {
        return deletedAt != null ? this : deleted(now, now);
    }

    /// @throws Refusal.Conflict when it is in the trash
    Task requirePresent() {
        if (deletedAt != null) {
            throw Refusal.Conflict.inTrash("task");
        }
        return this;
    }

    /// Restoring a task that is not in the trash changes nothing.
    Task restore(Instant now) {
        return deletedAt == null ? this : deleted(null, now);
    }

    private Task deleted(@Nullable Instant at, Instant now) {
        return new Task(
                id,
                project,
                content,
                position,
                subtasks,
                completedAt,
                createdBy,
                createdAt,
                now,
                updatedBy,
                at,
                version + 1);
    }
}
