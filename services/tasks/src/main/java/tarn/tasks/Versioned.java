package tarn.tasks;

import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// A resource with a version for optimistic locking.
sealed interface Versioned permits Item, Label, Project, Section, Task {

    /// Starts at 1, increases by one with every change.
    long version();

    /// @param expected the version the caller has read; null for any
    /// @throws Refusal.Outdated when the version is another
    default void requireVersion(@Nullable Long expected) {
        Refusal.Outdated.unlessCurrent(expected, version());
    }
}
