package tarn.posts;

import java.util.UUID;
import tarn.platform.problem.Refusal;

/// What a user may do where a post is, as the tasks service says.
record ProjectAccess(UUID project, Role role) {

    /// What a member of a project may do; each may do what those before may.
    enum Role {
        /// Reads.
        VIEWER,
        /// Writes.
        EDITOR,
        /// Also deletes and restores what others have written.
        OWNER
    }

    /// @throws Refusal.Forbidden when the user may less than write
    void requireWriting() {
        if (role == Role.VIEWER) {
            throw new Refusal.Forbidden("forbidden", "Viewers may not write.");
        }
    }
}
