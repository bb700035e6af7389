package tarn.tasks;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A coloured label for tasks of a project.
///
/// @param updatedAt null when last changed before this was recorded
/// @param updatedBy null when last changed before this was recorded
record Label(
        Id id,
        Content content,
        @Nullable Instant updatedAt,
        @Nullable UUID updatedBy,
        long version) implements Versioned {

    /// Identifies a label.
    public record Id(UUID value) {}

    /// What editors may change.
    ///
    /// @param name may be empty, as the colour identifies it
    record Content(String name, Color color) {}

    /// A new label.
    static Label create(Id id, Content content, UUID user, Instant now) {
        return new Label(id, content, now, user, 1);
    }

    /// The label with other content and the next version.
    Label with(Content other, UUID user, Instant now) {
        return new Label(id, other, now, user, version + 1);
    }
}
