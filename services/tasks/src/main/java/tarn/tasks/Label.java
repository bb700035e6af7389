package tarn.tasks;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A mark that tasks of a project can carry.
///
/// @param updatedAt when it was changed last; null when that was before this was kept
/// @param updatedBy who changed it last; null when that was before this was kept
record Label(
        Id id,
        Content content,
        @Nullable Instant updatedAt,
        @Nullable UUID updatedBy,
        long version) implements Versioned {

    /// Names one label.
    public record Id(UUID value) {}

    /// What editors may write.
    ///
    /// @param name may be empty: a colour says enough
    record Content(String name, Color color) {}

    /// How it looks; the web gives each a light and a dark tone.
    enum Color {
        GRAY,
        RED,
        ORANGE,
        YELLOW,
        GREEN,
        TEAL,
        BLUE,
        PURPLE,
        PINK,
        BLACK
    }

    /// A new label.
    static Label create(Id id, Content content, UUID user, Instant now) {
        return new Label(id, content, now, user, 1);
    }

    /// The label with other content, one version on.
    Label with(Content other, UUID user, Instant now) {
        return new Label(id, other, now, user, version + 1);
    }
}
