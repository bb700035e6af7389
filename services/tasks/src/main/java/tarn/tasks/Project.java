package tarn.tasks;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// A piece of work that users share, as one of its members sees it.
///
/// @param role what that member may do
/// @param openTasks how many are open of its first 10,000 tasks on the board, sub-tasks included and archived
///     ones left out
/// @param doneTasks how many are done, counted likewise
/// @param updatedBy who changed it last; null when that was before this was kept
record Project(
        Id id,
        Content content,
        Role role,
        int openTasks,
        int doneTasks,
        Instant createdAt,
        Instant updatedAt,
        @Nullable UUID updatedBy,
        @Nullable Instant deletedAt,
        long version)
        implements Versioned {

    /// Names one project.
    public record Id(UUID value) {}

    /// What its owners may write.
    ///
    /// @param timeZone of work that nobody asked for, which has no reader's zone
    record Content(String name, String description, boolean archived, ZoneId timeZone) {}

    /// What a member may do; each may do what those before may.
    enum Role {
        /// Sees everything.
        VIEWER,
        /// Changes tasks, sections and labels.
        EDITOR,
        /// Changes the project itself and who is in it.
        OWNER
    }

    /// @throws Refusal.Forbidden when the member's role is less than that
    void require(Role least) {
        require(role, least);
    }

    /// @throws Refusal.Forbidden when one role is less than the other
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
