package tarn.worker;

import com.github.kagkarlsson.scheduler.Clock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import tarn.platform.Uuid7;
import tarn.platform.problem.Refusal;

/// Runs a job once, unless it is paused and nobody requested the run, and records its counts or
/// error.
@Singleton
final class JobRunner {

    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final int MAX_ERROR = 500;

    private final JobRunStore store;
    private final Clock clock;
    private final java.time.Clock own;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /// @param clock on which all workers agree, for records
    /// @param own of this process, for ids
    JobRunner(JobRunStore store, Clock clock, java.time.Clock own) {
        this.store = store;
        this.clock = clock;
        this.own = own;
    }

    /// Runs the job, unless it is paused and nobody has asked for this run.
    void run(Job job, Instant due) {
        if (!store.isWanted(job.name())) {
            return;
        }
        JobRunStore.Begun begun = QuarkusTransaction.requiringNew().call(() -> begin(job, due));
        running.add(job.name());
        try {
            Map<String, Integer> counts = job.action().run(begun.number());
            store.end(begun.id(), clock.now(), JobRun.RunOutcome.SUCCEEDED, counts, null);
        } catch (RuntimeException failure) {
            if (failure instanceof Refusal || failure instanceof OwnerJobs.Superseded) {
                LOG.warnf("The job %s failed: %s", job.name(), said(failure));
            } else {
                LOG.warnf(failure, "The job %s failed", job.name());
            }
            store.end(begun.id(), clock.now(), JobRun.RunOutcome.FAILED, Map.of(), said(failure));
        } finally {
            running.remove(job.name());
        }
    }

    /// Names of the jobs that this worker is running.
    List<String> running() {
        return running.stream().sorted().toList();
    }

    private JobRunStore.Begun begin(Job job, Instant due) {
        UUID requestedBy = store.takeRequest(job.name());
        Instant now = clock.now();
        return store.begin(Uuid7.next(own), job.name(), requestedBy == null ? due : now, now, requestedBy);
    }

    private static String said(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.length() <= MAX_ERROR ? message : message.substring(0, MAX_ERROR);
    }
}
