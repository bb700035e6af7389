package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of jobs: accept changes of tasks, read, list, cancel. [TaskChangeRunner] does the
/// changes; imports are accepted by [ImportJobs] and done by [ImportRunner].
@Singleton
class AcceptedJobs {

    private final JobStore store;
    private final DepartedUserStore departed;
    private final Clock clock;

    AcceptedJobs(JobStore store, DepartedUserStore departed, Clock clock) {
        this.store = store;
        this.departed = departed;
        this.clock = clock;
    }

    /// Accepts changes of tasks, which are done soon after.
    ///
    /// @param zone of the caller, in which dates are compared with times
    @Transactional
    public Job accept(Caller caller, ZoneId zone, List<Job.Change> entries) {
        departed.requirePresent(caller.id());
        Job job = new Job(
                new Job.Id(Uuid7.next(clock)),
                Job.JobKind.CHANGE_TASKS,
                Job.Phase.QUEUED,
                entries.size(),
                0,
                0,
                zone,
                caller.id(),
                clock.instant(),
                null,
                null,
                null);
        store.insert(job, entries);
        return job;
    }

    /// @throws Refusal.NotFound when it is none of the caller's
    public Job job(Caller caller, Job.Id id) {
        return store.job(caller.id(), id).orElseThrow(() -> new Refusal.NotFound("job"));
    }

    /// The caller's jobs, newest first.
    public Page<Job> of(Caller caller, @Nullable String cursor, @Nullable Integer limit) {
        return store.of(caller.id(), cursor, limit);
    }

    /// The entries of a job that could not be done.
    public Page<Job.Rejection> rejections(Caller caller, Job.Id id, @Nullable String cursor, @Nullable Integer limit) {
        return store.rejections(job(caller, id).id(), cursor, limit);
    }

    /// Cancels a job: changes that were done stay, an import creates nothing. A job that has ended stays as it is.
    @Transactional
    public Job cancel(Caller caller, Job.Id id) {
        store.cancel(job(caller, id).id(), clock.instant());
        return job(caller, id);
    }
}
