package tarn.tasks;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A task that somebody wants to open.
///
/// @param person who wants to
/// @param trace of the request; null when it has none
record Opening(
        UUID person,
        Project.Id project,
        Task.Content content,
        @Nullable String trace) {}
