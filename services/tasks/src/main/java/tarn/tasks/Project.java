package tarn.tasks;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// A project as one of its members sees it.
///
/// @param role of the member
/// @param openTasks number of open tasks among the first 10,000 on the board, sub-tasks included,
/// archived ones not
/// @param doneTasks number of completed tasks, counted likewise
/// @param countsCapped whether 10,000 tasks were counted, archived ones included, so that there may be
/// more
/// @param updatedBy null when last changed before this was recorded
record Project(
        Id id,
        Content content,
        Role role,
        int openTasks,
        int doneTasks,
        boolean countsCapped,
        Instant createdAt,
        Instant updatedAt,
        @Nullable UUID updatedBy,
        @Nullable Instant deletedAt,
        long version)
        implements Versioned {

    /// Identifies a project.
    public record Id(UUID value) {}

    /// Of a project whose creator chose none.
    static final Color USUAL_COLOR = Color.TEAL;

    /// What owners may change.
    ///
    /// @param emoji shown before the name; null for none
    /// @param timeZone for work without a user, and so without a reader's zone
    record Content(
            String name,
            String description,
            Color color,
            @Nullable String emoji,
            boolean archived,
            ZoneId timeZone) {}

    /// A member's role, in ascending order of rights.
    enum Role {
        /// Reads everything.
        VIEWER,
        /// Also changes tasks, items, sections and labels.
        EDITOR,
        /// Also changes the project and its members.
        OWNER
    }

    /// @throws Refusal.Forbidden when the member's role is lower
    void require(Role least) {
        require(role, least);
    }

    /// @throws Refusal.Forbidden when the role is lower than the minimum
    static void require(Role role, Role least) {
        if (role.compareTo(least) < 0) {
            throw new Refusal.Forbidden(
                    "forbidden",
                    least == Role.OWNER
                            ? "Only an owner of the project may do that."
                            : "Viewers may not change things.");
        }
    }
}
