package tarn.platform.job;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.function.Supplier;

/// A slice of a job: at most some thousand rows, so that it takes a second and not a minute.
@FunctionalInterface
public interface JobWork {

    /// Does the slice.
    ///
    /// @param fence called in each transaction before anything is changed
    JobResult run(JobRequest request, Runnable fence);

    /// A slice that is one transaction.
    static JobWork inTransaction(Supplier<JobResult> work) {
        return (_, fence) -> QuarkusTransaction.requiringNew().call(() -> {
            fence.run();
            return work.get();
        });
    }
}
