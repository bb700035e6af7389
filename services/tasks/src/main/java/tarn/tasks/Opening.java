package tarn.tasks;

import java.util.UUID;

/// A task that somebody wants to open.
///
/// @param person who wants to
record Opening(UUID person, Project.Id project, Task.Content content) {}
