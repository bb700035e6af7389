package tarn.platform.job;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The worker's request for one slice of a job.
///
/// @param run number of the run; a later run of the same job has a higher one
/// @param taken what the worker's consumers have taken; null when the job does not need it
public record JobRequest(@NotNull Long run, @Nullable List<@Valid TakenEvents> taken) {

    /// A consumer and the snapshot up to which it has taken events.
    public record TakenEvents(
            @NotNull String consumer,
            @NotNull Integer epoch,
            @NotNull String snapshot) {}
}
