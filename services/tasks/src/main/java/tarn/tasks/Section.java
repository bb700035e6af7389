package tarn.tasks;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A column of a project's board.
///
/// @param updatedAt null when last changed before this was recorded
/// @param updatedBy null when last changed before this was recorded
record Section(
        Id id,
        Content content,
        Position position,
        @Nullable Instant updatedAt,
        @Nullable UUID updatedBy,
        long version) implements Versioned {

    /// Identifies a section.
    public record Id(UUID value) {}

    /// What editors may change.
    ///
    /// @param archived hidden with all its tasks, but not deleted
    record Content(String name, boolean archived) {}

    /// A new section.
    static Section create(Id id, Content content, Position position, UUID user, Instant now) {
        return new Section(id, content, position, now, user, 1);
    }

    /// The section with other content or position and the next version.
    Section with(Content other, Position place, UUID user, Instant now) {
        return new Section(id, other, place, now, user, version + 1);
    }
}
