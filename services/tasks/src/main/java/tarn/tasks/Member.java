package tarn.tasks;

import java.time.Instant;
import java.util.UUID;

/// A user's membership in a project.
record Member(UUID userId, Project.Role role, Instant addedAt) {

    /// The member with this role, or the present one if that is higher.
    Member withAtLeast(Project.Role other) {
        return role.compareTo(other) >= 0 ? this : new Member(userId, other, addedAt);
    }
}
