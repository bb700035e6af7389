package tarn.platform.job;

import java.util.Map;

/// What one slice of a job did, in rows, and whether another slice is needed.
///
/// @param counts rows by what was done to them
/// @param more whether the job must be asked again for the rest
public record JobResult(Map<String, Integer> counts, boolean more) {

    /// One count.
    public static JobResult of(String what, int count, boolean more) {
        return new JobResult(Map.of(what, count), more);
    }
}
