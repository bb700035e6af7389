package tarn.tasks;

import java.util.UUID;

/// A mark that tasks of a project can carry.
record Label(Id id, Content content, long version) implements Versioned {

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
}
