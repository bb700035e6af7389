package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan;
import tarn.imports.ImportReader;
import tarn.platform.Uuid7;
import tarn.platform.event.RequestTrace;
import tarn.platform.http.Page;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of imports that are jobs: accept a file, read its report, and the steps that
/// [ImportRunner] does.
///
/// Tasks are staged in slices, each in a transaction of its own. One transaction at the end creates
/// the project with all of them and their events, if the job is still that run's and not cancelled.
@Singleton
class ImportJobs {

    /// Bytes of all files that wait or are read; files that arrive at the same time may exceed it.
    static final long MAX_KEPT = 500L * 1024 * 1024;

    /// Imports of a user that wait or are read.
    static final int MAX_UNFINISHED = 5;

    /// Tasks staged by one transaction at most, and created by one statement.
    static final int SLICE = 500;

    /// Lines of a report stored by one transaction.
    private static final int REPORT_SLICE = 5_000;

    private final AcceptedJobs jobs;
    private final JobStore jobStore;
    private final ImportJobStore store;
    private final Imports imports;
    private final DepartedUserStore departed;
    private final Clock clock;

    ImportJobs(
            AcceptedJobs jobs,
            JobStore jobStore,
            ImportJobStore store,
            Imports imports,
            DepartedUserStore departed,
            Clock clock) {
        this.jobs = jobs;
        this.jobStore = jobStore;
        this.store = store;
        this.imports = imports;
        this.departed = departed;
        this.clock = clock;
    }

    /// Accepts a file, which is imported soon after.
    @Transactional
    public Job accept(Caller caller, ReceivedFile file, ImportReader.Options options) {
        departed.requirePresent(caller.id());
        if (store.unfinishedOf(caller.id()) >= MAX_UNFINISHED) {
            throw new Refusal.TooMany(Duration.ofSeconds(30));
        }
        if (store.bytes() + file.length() > MAX_KEPT) {
            throw new Refusal.Unavailable("Too many files wait to be imported. Try again later.");
        }
        Job job = new Job(
                new Job.Id(Uuid7.next(clock)),
                Job.JobKind.IMPORT,
                Job.Phase.QUEUED,
                0,
                0,
                0,
                caller.timeZone(),
                caller.id(),
                clock.instant(),
                null,
                null,
                new Job.ImportState(options.fileName(), null, null, null));
        jobStore.insert(job);
        store.insert(job.id(), options, RequestTrace.traceparent(), file, file.length());
        return job;
    }

    /// Lines of the report of an import, most severe first.
    public Page<ImportPlan.ReportLine> lines(
            Caller caller, Job.Id id, @Nullable String cursor, @Nullable Integer limit) {
        return store.lines(jobs.job(caller, id).id(), cursor, limit);
    }

    /// All lines of the report of an import that are kept, most severe first; read in pages as they are wanted.
    public Stream<ImportPlan.ReportLine> lines(Caller caller, Job.Id id) {
        Job.Id own = jobs.job(caller, id).id();
        return Stream.iterate(
                        store.linesAfter(own, Integer.MIN_VALUE),
                        page -> !page.isEmpty(),
                        page -> store.linesAfter(own, page.lastKey()))
                .flatMap(page -> page.values().stream());
    }

    /// Stores the next part of the report of a file, before what the file has come to.
    ///
    /// @param from place of the first line, from 0
    /// @return place behind the last
    /// @throws LostJob when the run no longer has the job
    @Transactional
    public int report(Job job, UUID run, ImportPlan plan, int from) {
        int size = plan.lines().size();
        int to = Math.min(from + REPORT_SLICE, size);
        List<ImportPlan.ReportLine> lines = new ArrayList<>(plan.lines().subList(from, to));
        if (to == size && plan.lineCount() > size) {
            lines.add(ImportPlan.linesLeftOut(plan.lineCount() - size));
        }
        require(store.report(job.id(), run, from, lines));
        return to;
    }

    /// Stores what a file has come to.
    ///
    /// @throws LostJob when the run no longer has the job
    @Transactional
    public void begin(Job job, UUID run, ImportPlan plan, ImportRows rows) {
        require(store.begin(job.id(), run, plan, rows::post));
    }

    /// Remembers, before the first of them is sent, that an import may have posts.
    ///
    /// @throws LostJob when the run no longer has the job
    @Transactional
    public void markPosting(Job job, UUID run) {
        require(store.markPosting(job.id(), run));
    }

    /// Counts comments that have become posts.
    ///
    /// @throws LostJob when the run no longer has the job
    @Transactional
    public void addPosted(Job job, UUID run, int posts) {
        require(store.addPosted(job.id(), run, posts));
    }

    /// Leaves out all comments, because Tarn runs without posts or posts takes none of this import.
    ///
    /// @throws LostJob when the run no longer has the job
    @Transactional
    public void leaveOutComments(Job job, UUID run, int comments) {
        require(store.addPosted(job.id(), run, 0));
        store.leaveOutComments(job.id(), comments);
    }

    /// Says in the report that comments are posts that nobody sees, because Tarn now runs without posts.
    @Transactional
    public void reportUnannounced(ImportJobStore.Unsettled ended) {
        store.reportUnannounced(ended.id(), ended.comments());
    }

    /// Stages the next slice of tasks.
    ///
    /// @param from place of the first, from 0
    /// @return place behind the last
    /// @throws LostJob when the run no longer has the job
    @Transactional
    public int stage(Job job, UUID run, ImportRows rows, int from) {
        List<Task> tasks = rows.slice(from, SLICE);
        require(store.stage(job.id(), run, from, tasks));
        return from + tasks.size();
    }

    /// Creates the project with all staged tasks. Within the transaction of the caller.
    ///
    /// @throws LostJob when the run no longer has the job
    @Transactional
    public void create(Job job, UUID run, ImportJobStore.Progress progress, ImportPlan plan) {
        Caller caller = TaskChangeRunner.caller(job);
        Instant now = clock.instant();
        ImportRows rows = new ImportRows(job.id().value(), plan, caller.id(), now);
        imports.createProject(caller, plan, rows);
        for (int from = 0; from < progress.total(); from += SLICE) {
            require(store.isHeldBy(job.id(), run));
            store.create(job.id(), from, from + SLICE, caller.id(), progress.trace(), now);
        }
        // Last, so that a user who cancels does not wait.
        require(store.finish(job.id(), run, rows.project(), clock.instant()));
    }

    /// Ends a job that creates nothing.
    @Transactional
    public void fail(Job job, UUID run, Problem problem) {
        store.fail(job.id(), run, problem.json(), clock.instant());
    }

    private static void require(boolean held) {
        if (!held) {
            throw new LostJob();
        }
    }

    /// The job is cancelled, or another run has it.
    static final class LostJob extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
