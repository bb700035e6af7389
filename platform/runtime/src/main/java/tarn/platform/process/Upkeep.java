package tarn.platform.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Runs a service's maintenance jobs in sequence on a daemon thread, at startup and 10 minutes
/// after each run; no user-visible result depends on when.
public final class Upkeep implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final List<Runnable> work;
    private final ScheduledExecutorService timer;

    /// @param service names the thread
    /// @param work run in sequence; a job that fails runs again next time
    public Upkeep(String service, Runnable... work) {
        this.work = List.of(work);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(service + "-upkeep").daemon().factory());
    }

    /// Starts the timer.
    public void begin() {
        var _ = timer.scheduleWithFixedDelay(this::run, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void run() {
        for (Runnable one : work) {
            try {
                one.run();
            } catch (RuntimeException failure) {
                LOG.error("Upkeep failed; it is tried again in ten minutes", failure);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
