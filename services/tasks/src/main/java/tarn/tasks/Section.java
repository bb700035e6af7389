package tarn.tasks;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A column of a project's board.
///
/// @param updatedAt when it was changed last; null when that was before this was kept
/// @param updatedBy who changed it last; null when that was before this was kept
record Section(
        Id id,
        Content content,
        Position position,
        @Nullable Instant updatedAt,
        @Nullable UUID updatedBy,
        long version) implements Versioned {

    /// Names one section.
    public record Id(UUID value) {}

    /// What editors may write.
    ///
    /// @param archived put away with everything in it, out of sight but not gone
    record Content(String name, boolean archived) {}

    /// A new section.
    static Section create(Id id, Content content, Position position, UUID user, Instant now) {
        return new Section(id, content, position, now, user, 1);
    }

    /// The section with other content or at another place, one version on.
    Section with(Content other, Position place, UUID user, Instant now) {
        return new Section(id, other, place, now, user, version + 1);
    }
}
