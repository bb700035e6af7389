package tarn.tasks;

import java.util.UUID;

/// A column of a project's board.
record Section(Id id, Content content, Position position, long version) implements Versioned {

    /// Names one section.
    public record Id(UUID value) {}

    /// What editors may write.
    ///
    /// @param archived put away with everything in it, out of sight but not gone
    record Content(String name, boolean archived) {}
}
