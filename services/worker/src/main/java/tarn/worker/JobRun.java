package tarn.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The record of one run of a job, kept for 30 days.
///
/// @param endedAt null while it runs
/// @param outcome null while it runs
/// @param counts rows by what was done to them
/// @param error why it failed; null otherwise
/// @param requestedBy the administrator who asked for it; null when it was due
record JobRun(
        UUID id,
        String job,
        Instant dueAt,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable RunOutcome outcome,
        Map<String, Integer> counts,
        @Nullable String error,
        @Nullable UUID requestedBy) {

    /// How long it is listed.
    static final Duration KEPT = Duration.ofDays(30);

    /// How a run ended.
    enum RunOutcome {
        SUCCEEDED,
        FAILED,
        /// Its worker ended or froze, or another run took its place.
        LOST
    }
}
