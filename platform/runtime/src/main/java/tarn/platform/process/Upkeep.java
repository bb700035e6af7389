package tarn.platform.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// What a service does beside its requests: at its start and every ten minutes. Nothing that a user sees depends on
/// it being done in time.
public final class Upkeep implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final List<Runnable> work;
    private final ScheduledExecutorService timer;

    /// @param service whose upkeep it is
    /// @param work done one after another; what fails is tried again the next time
    public Upkeep(String service, Runnable... work) {
        this.work = List.of(work);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(service + "-upkeep").daemon().factory());
    }

    /// Begins, on a thread of its own.
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
