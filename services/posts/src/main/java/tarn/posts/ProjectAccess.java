package tarn.posts;

import java.util.UUID;
import tarn.platform.problem.Refusal;

/// A user's project and role where a post is, from the tasks service.
record ProjectAccess(UUID project, Role role) {

    /// A member's role, in ascending order of rights.
    enum Role {
        /// Reads.
        VIEWER,
        /// Writes.
        EDITOR,
        /// Also deletes and restores what others have written.
        OWNER
    }

    /// @throws Refusal.Forbidden for a viewer
    void requireWriting() {
        if (role == Role.VIEWER) {
            throw new Refusal.Forbidden("forbidden", "Viewers may not write.");
        }
    }
}
