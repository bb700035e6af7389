package tarn.tasks;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import tarn.imports.ImportPlan;
import tarn.imports.ImportReader;
import tarn.imports.PlanTexts;
import tarn.imports.UnreadableImport;
import tarn.platform.Uuid7;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

/// Does the accepted imports, oldest first and one at a time. What is staged stays when a process
/// ends; the next run goes on behind it.
///
/// A run has a job for 10 s and renews that every 3 s; another process, or the same after its start,
/// takes over what is not renewed.
@Singleton
final class ImportRunner {

    /// Time a run has a job.
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration RENEWAL = Duration.ofSeconds(3);

    /// Bytes of a file that are read between two looks at whether the job is cancelled.
    private static final int CHECKED = 4 * 1024 * 1024;

    /// Time of the transaction that creates all rows.
    private static final int MAX_CREATION_SECONDS = 300;

    private static final int MAX_JOBS = 100;

    /// Failures by a fault of Tarn after which an import fails.
    private static final int MAX_FAILURES = 3;

    private static final Logger LOG = Logger.getLogger(ImportRunner.class);

    private final ImportJobs imports;
    private final ImportJobStore store;
    private final JobStore jobs;
    private final ImportTurn turn;
    private final PostWriter posts;
    private final Clock clock;
    private final JobThread thread = new JobThread("tasks-imports", this::work);
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tasks-import-renewals").daemon().factory());

    ImportRunner(
            ImportJobs imports, ImportJobStore store, JobStore jobs, ImportTurn turn, PostWriter posts, Clock clock) {
        this.imports = imports;
        this.store = store;
        this.jobs = jobs;
        this.turn = turn;
        this.posts = posts;
        this.clock = clock;
    }

    /// Begins with what was left when the process before ended.
    void begin(@Observes StartupEvent event) {
        wake();
    }

    /// Works on all unfinished imports, soon and in the background.
    void wake() {
        thread.wake();
    }

    /// Goes on with unfinished imports, and with what ended ones have left.
    ///
    /// @return the number of these imports
    int resume() {
        int unsettled = posts.isAvailable() ? store.unsettled().size() : 0;
        return thread.resume(jobs.unfinished(Job.JobKind.IMPORT, MAX_JOBS).size()
                + store.uncleared().size()
                + unsettled);
    }

    @PreDestroy
    void end() {
        thread.close();
        renewals.shutdownNow();
    }

    private boolean work() throws InterruptedException {
        boolean isCleared = clear();
        UUID run = Uuid7.next(clock);
        for (Job job : jobs.unfinished(Job.JobKind.IMPORT, MAX_JOBS)) {
            carryOut(job, run);
            isCleared = clear();
        }
        List<Job> left = jobs.unfinished(Job.JobKind.IMPORT, MAX_JOBS);
        // Another run has them, or had them and ended; or they came meanwhile; or a fault.
        left.forEach(job -> jobs.release(job.id(), run));
        return !isCleared || !left.isEmpty();
    }

    /// Settles the posts of ended imports and deletes what is kept of them; returns whether nothing has to wait.
    private boolean clear() {
        boolean isSettled = true;
        for (ImportJobStore.Unsettled ended : store.unsettled()) {
            try {
                settle(ended);
            } catch (Refusal.Unavailable later) {
                LOG.debugf("The posts of import %s wait: %s", ended.id().value(), later.getMessage());
                isSettled = false;
            } catch (RuntimeException fault) {
                LOG.errorf(
                        fault,
                        "The posts of import %s cannot be settled yet",
                        ended.id().value());
                isSettled = false;
            }
        }
        for (Job.Id id : store.uncleared()) {
            boolean cleared = false;
            while (!cleared) {
                cleared = QuarkusTransaction.requiringNew().call(() -> store.clear(id));
            }
        }
        return isSettled;
    }

    /// Has posts announce or take out what an ended import has posted. Where Tarn now runs without posts, this waits
    /// for
    /// a start with them.
    private void settle(ImportJobStore.Unsettled ended) {
        UUID project = ImportRows.project(ended.id().value()).value();
        if (posts.isAvailable()) {
            if (ended.comments() > 0) {
                posts.announce(project);
            } else {
                posts.discard(project);
            }
            store.settled(ended.id());
        } else if (ended.comments() > 0) {
            imports.reportUnannounced(ended);
        }
    }

    private void carryOut(Job job, UUID run) throws InterruptedException {
        if (!take(job, run)) {
            return;
        }
        ScheduledFuture<?> renewal = renewals.scheduleAtFixedRate(
                () -> renew(job, run), RENEWAL.toSeconds(), RENEWAL.toSeconds(), TimeUnit.SECONDS);
        try {
            if (!store.progress(job.id()).isStaged()) {
                stage(job, run);
            }
            post(job, run);
            create(job, run);
        } catch (ImportJobs.LostJob cancelledOrTaken) {
            LOG.debugf("Import %s is cancelled or another's", job.id().value());
        } catch (UnreadableImport unreadable) {
            imports.fail(job, run, Problem.of(Imports.refusal(unreadable), null));
        } catch (Refusal.Unavailable later) {
            LOG.debugf("Import %s waits: %s", job.id().value(), later.getMessage());
        } catch (Refusal refusal) {
            imports.fail(job, run, Problem.of(refusal, null));
        } catch (IOException | RuntimeException fault) {
            fail(job, run, fault);
        } finally {
            renewal.cancel(false);
            jobs.release(job.id(), run);
        }
    }

    private boolean take(Job job, UUID run) {
        return jobs.take(job.id(), run, clock.instant(), clock.instant().plus(LEASE));
    }

    private void renew(Job job, UUID run) {
        try {
            take(job, run);
        } catch (RuntimeException failure) {
            LOG.warnf("Import %s could not be renewed: %s", job.id().value(), failure.getMessage());
        }
    }

    private void fail(Job job, UUID run, Exception fault) {
        if (thread.isClosed() || !store.isHeldBy(job.id(), run)) {
            return;
        }
        LOG.errorf(fault, "Import %s failed", job.id().value());
        if (store.countFailure(job.id()) >= MAX_FAILURES) {
            imports.fail(job, run, Problem.internal(null));
        }
    }

    private void stage(Job job, UUID run) throws IOException, InterruptedException {
        while (!turn.take(LEASE)) {
            LOG.debugf("Import %s waits for others", job.id().value());
        }
        try (InputStream content = new StagedFile(job.id());
                ReceivedFile file = ReceivedFile.of(content, ImportResource.MAX_BYTES);
                PlanTexts texts = PlanTexts.inFile()) {
            ImportJobStore.Progress progress = store.progress(job.id());
            ImportPlan plan =
                    ImportReader.read(() -> new HeldFile(file.open(), job.id(), run), progress.options(), texts);
            ImportRows rows = new ImportRows(
                    job.id().value(), plan, job.createdBy(), progress.options().now());
            int staged = progress.staged();
            if (!plan.withoutRows().equals(progress.plan()) || plan.items().size() != progress.total()) {
                // Not read before, or by a release that read it in another way.
                int reported = 0;
                do {
                    requireRunning();
                    reported = imports.report(job, run, plan, reported);
                } while (reported < plan.lines().size());
                imports.begin(job, run, plan, rows);
                staged = 0;
            }
            while (staged < plan.items().size()) {
                requireRunning();
                staged = imports.stage(job, run, rows, staged);
            }
        } finally {
            turn.release();
        }
    }

    /// Makes comments posts, which nobody sees before their tasks are there.
    private void post(Job job, UUID run) throws InterruptedException {
        UUID project = ImportRows.project(job.id().value()).value();
        for (List<ImportedPost> some = store.unposted(job.id()); !some.isEmpty(); some = store.unposted(job.id())) {
            requireRunning();
            boolean created = false;
            if (posts.isAvailable()) {
                // Before it is sent: the request may take effect after this run has given up on it, or ended.
                imports.markPosting(job, run);
                created = posts.create(project, job.createdBy(), some);
            }
            if (!created) {
                imports.leaveOutComments(job, run, store.progress(job.id()).comments());
                return;
            }
            imports.addPosted(job, run, some.size());
        }
    }

    private void create(Job job, UUID run) throws InterruptedException {
        requireRunning();
        ImportJobStore.Progress progress = store.progress(job.id());
        ImportPlan plan = progress.plan();
        if (plan == null || !progress.isStaged()) {
            throw new ImportJobs.LostJob();
        }
        long begin = System.nanoTime();
        QuarkusTransaction.requiringNew()
                .timeout(MAX_CREATION_SECONDS)
                .run(() -> imports.create(job, run, progress, plan));
        LOG.infof(
                "Import %s has created %d tasks within %d ms",
                job.id().value(), progress.total(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    private static void requireRunning() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
    }

    /// A file that is read while the run has the job; then reading it fails with a lost job.
    private final class HeldFile extends FilterInputStream {
        private final Job.Id id;
        private final UUID run;
        private int unchecked;

        HeldFile(InputStream file, Job.Id id, UUID run) {
            super(file);
            this.id = id;
            this.run = run;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            unchecked += Math.max(read, 0);
            if (unchecked > CHECKED) {
                unchecked = 0;
                if (!store.isHeldBy(id, run)) {
                    throw new ImportJobs.LostJob();
                }
            }
            return read;
        }
    }

    /// The file of a job, read part by part.
    private final class StagedFile extends InputStream {
        private final Job.Id id;
        private InputStream part = InputStream.nullInputStream();
        private int number;

        StagedFile(Job.Id id) {
            this.id = id;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = part.read(bytes, offset, length);
            if (read >= 0) {
                return read;
            }
            byte[] next = store.part(id, number++);
            part = new ByteArrayInputStream(next);
            return part.read(bytes, offset, length);
        }
    }
}
