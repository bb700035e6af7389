package tarn.tasks;

import java.time.Instant;
import java.util.UUID;

/// A comment of a file that becomes a post on a task.
///
/// @param id the same each time that the file is read
/// @param body Markdown, which begins with the name of who wrote it
record ImportedPost(UUID id, UUID taskId, Instant writtenAt, String body) {}
