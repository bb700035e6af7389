package tarn.tasks;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Work that a user has asked for and does not wait for: changes of many tasks, each done once, or
/// the import of a file, all or nothing.
///
/// @param total number of its entries: changes, or tasks in the file (0 until it is read)
/// @param done number of entries done; of an import, how many are ready to be created
/// @param rejected number of entries that could not be done
/// @param timeZone where days begin and end for its entries
record Job(
        Id id,
        JobKind kind,
        Phase phase,
        int total,
        int done,
        int rejected,
        ZoneId timeZone,
        UUID createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable ImportState imported) {

    /// Largest number of entries.
    static final int MAX_ENTRIES = 10_000;

    /// Identifies a job.
    public record Id(UUID value) {}

    enum JobKind {
        CHANGE_TASKS,
        IMPORT
    }

    enum Phase {
        QUEUED,
        RUNNING,
        DONE,
        /// Ended by its user: changes that were done stay, an import has created nothing.
        CANCELLED,
        /// An import that has created nothing, because of its file or a fault of Tarn.
        FAILED
    }

    /// What is known of an import.
    ///
    /// @param fileName as uploaded; null when it was not sent
    /// @param report null until the file is read
    /// @param project null until it is created
    /// @param problem why it failed, as JSON
    record ImportState(
            @Nullable String fileName,
            @Nullable ImportNumbers report,
            Project.@Nullable Id project,
            @Nullable String problem) {}

    /// Numbers of an import's report.
    ///
    /// @param format of the file, such as `trello`
    /// @param leftOut number of things in the file that are not imported
    /// @param lineCount number of lines, also those that are not kept
    record ImportNumbers(
            String format, String projectName, int sections, int subtasks, int labels, int leftOut, int lineCount) {}

    /// One change of a task.
    ///
    /// @param number its place in the request, from 0
    /// @param version the version that the user has read; null for any
    /// @param patch a merge-patch, as JSON
    record Change(int number, Task.Id task, @Nullable Long version, String patch) {}

    /// An entry that was not done.
    ///
    /// @param problem why, as JSON
    record Rejection(Change entry, String problem) {}
}
