package tarn.tasks;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// A thread that works on accepted jobs when it is woken, and again 5 s after a run that failed or
/// left some.
final class JobThread implements AutoCloseable {

    /// A run over all unfinished jobs.
    @FunctionalInterface
    interface Run {
        /// @return whether jobs are left, which another process has or for which a service is away
        boolean call() throws InterruptedException;
    }

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(JobThread.class);

    private final String name;
    private final Run run;
    private final ScheduledExecutorService thread;
    private final AtomicBoolean retrying = new AtomicBoolean();

    JobThread(String name, Run run) {
        this.name = name;
        this.run = run;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /// Has a run soon.
    void wake() {
        try {
            thread.execute(this::work);
        } catch (RejectedExecutionException stopping) {
            LOG.debugf("Jobs of %s wait for the next start", name);
        }
    }

    /// Has a run soon when something is left, as after the process that worked on it has ended.
    ///
    /// @return what is left
    int resume(int left) {
        if (left > 0) {
            wake();
        }
        return left;
    }

    /// Whether it ends with the process.
    boolean isClosed() {
        return thread.isShutdown();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void work() {
        retrying.set(false);
        try {
            if (run.call()) {
                retry();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            if (!isClosed()) {
                LOG.errorf(failure, "Jobs of %s cannot be done; they are tried again", name);
                retry();
            }
        }
    }

    private void retry() {
        try {
            if (retrying.compareAndSet(false, true)) {
                var _ = thread.schedule(this::work, RETRY.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (RejectedExecutionException stopping) {
            LOG.debugf("Jobs of %s wait for the next start", name);
        }
    }
}
