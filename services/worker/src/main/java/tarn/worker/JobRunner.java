package tarn.worker;

import com.github.kagkarlsson.scheduler.Clock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.problem.Refusal;

/// Runs a job once, unless it is paused and nobody requested the run, and records its counts or
/// error.
@Singleton
final class JobRunner {

    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final int MAX_ERROR = 500;

    /// Age of a worker's heartbeat after which its runs are lost: later than another has taken its jobs.
    private static final Duration LOST = Duration.ofSeconds(30);

    private final JobRunStore store;
    private final ScheduleStore schedules;
    private final Clock clock;
    private final java.time.Clock own;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /// @param clock on which all workers agree, for records
    /// @param own of this process, for ids
    JobRunner(JobRunStore store, ScheduleStore schedules, Clock clock, java.time.Clock own) {
        this.store = store;
        this.schedules = schedules;
        this.clock = clock;
        this.own = own;
    }

    /// Runs the job, unless it is paused and nobody has asked for this run, or another worker has taken it meanwhile.
    void run(RecurringJob job, ScheduleStore.Pick pick) {
        if (!store.isWanted(job.name())) {
            return;
        }
        JobRunStore.Begun begun = QuarkusTransaction.requiringNew().call(() -> begin(job, pick));
        if (begun == null) {
            LOG.warnf("The job %s was taken over before it began: this worker was frozen", job.name());
            return;
        }
        Map<String, Integer> counts = new TreeMap<>();
        running.add(job.name());
        try {
            job.action().run(begun.number(), counts);
            store.end(begun.id(), clock.now(), JobRun.RunOutcome.SUCCEEDED, counts, null);
        } catch (RuntimeException failure) {
            if (failure instanceof Refusal || failure instanceof OwnerJobs.Superseded) {
                LOG.warnf("The job %s failed: %s", job.name(), said(failure));
            } else {
                LOG.warnf(failure, "The job %s failed", job.name());
            }
            store.end(begun.id(), clock.now(), JobRun.RunOutcome.FAILED, counts, said(failure));
        } finally {
            running.remove(job.name());
        }
    }

    /// Names of the jobs that this worker is running.
    List<String> running() {
        return running.stream().sorted().toList();
    }

    /// Marks the runs of workers that are gone as lost, also those of jobs that are paused or not due.
    void markLost() {
        store.markLost(LOST, clock.now());
    }

    /// Assigns the number of the run in the transaction that checks that this worker still has the pick: a worker
    /// that takes the job over later gets a higher number.
    ///
    /// @return null when another worker has the pick
    private JobRunStore.@Nullable Begun begin(RecurringJob job, ScheduleStore.Pick pick) {
        if (!schedules.hold(pick)) {
            return null;
        }
        UUID requestedBy = store.takeRequest(job.name());
        Instant now = clock.now();
        Instant due = requestedBy == null ? pick.due() : now;
        return store.begin(Uuid7.next(own), job.name(), pick.worker(), due, now, requestedBy);
    }

    private static String said(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.length() <= MAX_ERROR ? message : message.substring(0, MAX_ERROR);
    }
}
