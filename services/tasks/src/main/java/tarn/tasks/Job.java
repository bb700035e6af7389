package tarn.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Work that a user has asked for and does not wait for: changes of many tasks, each done once.
///
/// @param total number of its entries
/// @param done number of entries done
/// @param rejected number of entries that could not be done
/// @param timeZone where days begin and end for its entries
record Job(
        Id id,
        Phase phase,
        int total,
        int done,
        int rejected,
        ZoneId timeZone,
        UUID createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /// Largest number of entries.
    static final int MAX_ENTRIES = 10_000;

    /// Identifies a job.
    public record Id(UUID value) {}

    enum Phase {
        QUEUED,
        RUNNING,
        DONE,
        /// Ended by its user; what was done stays.
        CANCELLED
    }

    /// One change of a task.
    ///
    /// @param number its place in the request, from 0
    /// @param version the version that the user has read; null for any
    /// @param change a merge-patch
    record Entry(int number, Task.Id task, @Nullable Long version, ObjectNode change) {}

    /// An entry that was not done.
    ///
    /// @param problem why, as JSON
    record Rejection(Entry entry, ObjectNode problem) {}
}
