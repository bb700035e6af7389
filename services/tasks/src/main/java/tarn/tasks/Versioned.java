package tarn.tasks;

import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// What changes in numbered versions, so that nobody overwrites what they have not read.
sealed interface Versioned permits Item, Label, Project, Section, Task {

    /// From 1, one more with every change.
    long version();

    /// @param expected the version the caller has read; null for any
    /// @throws Refusal.Outdated when it is another one now
    default void requireVersion(@Nullable Long expected) {
        if (expected != null && expected != version()) {
            throw new Refusal.Outdated();
        }
    }
}
