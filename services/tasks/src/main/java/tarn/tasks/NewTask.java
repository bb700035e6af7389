package tarn.tasks;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A task that a user asks to create, not checked yet.
///
/// @param user who wants to
/// @param trace of the request; null when it has none
record NewTask(
        UUID user,
        Project.Id project,
        Task.Content content,
        @Nullable String trace) {}
