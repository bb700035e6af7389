package tarn.worker;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The state of a job: when it is due, whether it is paused, and its latest run.
///
/// @param nextAt when it is due; null while it is paused
/// @param pausedAt null while it is not paused
/// @param pausedBy null while it is not paused
/// @param last its latest run; null before the first
record JobStatus(
        RecurringJob job,
        @Nullable Instant nextAt,
        @Nullable Instant pausedAt,
        @Nullable UUID pausedBy,
        @Nullable JobRun last) {}
