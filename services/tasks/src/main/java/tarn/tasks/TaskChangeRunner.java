package tarn.tasks;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.problem.InputErrors;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// Does the accepted changes of tasks, oldest first in slices of 200 entries, each entry in a
/// transaction of its own with its mark, so that nothing is done twice wherever a process ends.
///
/// A run has a job for 30 s and renews it with each slice; another process takes over what is not
/// renewed.
@Singleton
final class TaskChangeRunner {

    /// Applies a merge-patch, as JSON, to a task.
    @FunctionalInterface
    interface TaskChange {
        /// @param zone of the caller, in which dates are compared with times
        /// @param expected the version the caller has read; null for any
        Task apply(Caller caller, ZoneId zone, Task.Id id, @Nullable Long expected, String patch);
    }

    /// Time a run has a job.
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final int SLICE = 200;
    private static final int MAX_JOBS = 100;

    /// Failures of an entry by a fault of Tarn after which it is rejected.
    private static final int MAX_FAILURES = 3;

    private static final Logger LOG = Logger.getLogger(TaskChangeRunner.class);

    private final JobStore store;
    private final Clock clock;
    private final JobThread thread = new JobThread("tasks-jobs", this::work);
    private volatile @Nullable TaskChange change;

    TaskChangeRunner(JobStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Begins to do jobs, first those that were left when the process before ended.
    void begin(TaskChange how) {
        change = how;
        wake();
    }

    /// How it changes tasks.
    TaskChange change() {
        return Objects.requireNonNull(change);
    }

    /// Works on all unfinished jobs, soon and in the background.
    void wake() {
        thread.wake();
    }

    /// Goes on with unfinished jobs.
    ///
    /// @return the number of unfinished jobs, 100 at most
    int resume() {
        return thread.resume(
                store.unfinished(Job.JobKind.CHANGE_TASKS, MAX_JOBS).size());
    }

    @PreDestroy
    void end() {
        thread.close();
    }

    private boolean work() {
        TaskChange how = change;
        if (how == null) {
            return false;
        }
        UUID run = Uuid7.next(clock);
        List<Job> jobs = store.unfinished(Job.JobKind.CHANGE_TASKS, MAX_JOBS);
        boolean progress = true;
        while (progress && !Thread.currentThread().isInterrupted()) {
            progress = false;
            for (Job job : jobs) {
                progress |= doSlice(how, job, run);
            }
            jobs = store.unfinished(Job.JobKind.CHANGE_TASKS, MAX_JOBS);
        }
        // Another run has them, or had them and ended; or a part of Tarn does not answer.
        jobs.forEach(job -> store.release(job.id(), run));
        return !jobs.isEmpty();
    }

    /// @return whether entries were done or rejected, or the job has ended
    private boolean doSlice(TaskChange how, Job job, UUID run) {
        Instant now = clock.instant();
        if (!store.take(job.id(), run, now, now.plus(LEASE))) {
            return false;
        }
        List<Job.Change> entries = store.pending(job.id(), SLICE);
        if (entries.isEmpty()) {
            store.finish(job.id(), run, clock.instant());
            return true;
        }
        boolean progress = false;
        for (Job.Change entry : entries) {
            progress |= doEntry(how, job, run, entry);
        }
        return progress;
    }

    private boolean doEntry(TaskChange how, Job job, UUID run, Job.Change entry) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                boolean pending = store.begin(job.id(), run, entry.number());
                if (pending) {
                    how.apply(caller(job), job.timeZone(), entry.task(), entry.version(), entry.patch());
                }
                return pending;
            });
        } catch (Refusal refusal) {
            return reject(job, run, entry, refusal);
        } catch (ConstraintViolationException invalid) {
            return reject(job, run, entry, InputErrors.violations(invalid));
        } catch (RuntimeException fault) {
            return fail(job, run, entry, fault);
        }
    }

    private boolean reject(Job job, UUID run, Job.Change entry, Refusal refusal) {
        if (refusal instanceof Refusal.Unavailable) {
            return false;
        }
        reject(job, run, entry, Problem.of(refusal, null));
        return true;
    }

    private void reject(Job job, UUID run, Job.Change entry, Problem problem) {
        store.reject(job.id(), run, entry.number(), problem.json());
    }

    private boolean fail(Job job, UUID run, Job.Change entry, RuntimeException fault) {
        LOG.errorf(fault, "Entry %d of job %s failed", entry.number(), job.id().value());
        if (store.countFailure(job.id(), entry.number()) < MAX_FAILURES) {
            return false;
        }
        reject(job, run, entry, Problem.internal(null));
        return true;
    }

    /// The user as whom a job is done; memberships are read anew for each entry.
    static Caller caller(Job job) {
        return new Caller(
                job.createdBy(),
                Caller.Kind.TOKEN,
                new UUID(0, 0),
                Set.of("tasks:write"),
                false,
                "",
                Instant.MAX,
                job.timeZone());
    }
}
