package tarn.worker;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tarn.platform.Uuid7;
import tarn.platform.service.Routes;

/// This process as a worker: starts its heartbeat and the measuring of consumers, and its scheduler
/// and followers once the other services answer or a minute has passed; stops them at the end.
@Singleton
final class Worker {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final PurgeFollower purges;
    private final FeedLagMeter lags;
    private final OwnerJobs owners;
    private final Heartbeats heartbeats;
    private final String name;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Worker(
            ScheduleStore schedules,
            Timetable timetable,
            JobRunner runner,
            PurgeFollower purges,
            FeedLagMeter lags,
            OwnerJobs owners,
            Heartbeats heartbeats,
            Clock clock) {
        this.purges = purges;
        this.lags = lags;
        this.owners = owners;
        this.heartbeats = heartbeats;
        this.name = "worker-" + Uuid7.next(clock);
        this.scheduler = schedules.scheduler(name, timetable.jobs(), runner::run);
    }

    /// Static, so that nothing is started where the worker is left out.
    static void begin(@Observes StartupEvent event, Routes routes, Instance<Worker> worker) {
        if (routes.services().has(WorkerDatabase.NAME)) {
            worker.get().start();
        }
    }

    /// Begins when the other services answer, so that no job fails at the start; after a minute it
    /// begins without them.
    private void start() {
        heartbeats.begin(name);
        lags.begin();
        Thread.ofVirtual().name("worker-start").start(() -> {
            long end = System.nanoTime() + MAX_WAIT.toNanos();
            try {
                while (!owners.allAnswer() && System.nanoTime() < end) {
                    if (stopped.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
                startNow();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void startNow() {
        if (stopped.getCount() > 0) {
            scheduler.start();
            purges.begin();
        }
    }

    /// Before the gateway of this process waits for its running requests.
    static void endStreams(
            @Observes @Priority(1) ShutdownDelayInitiatedEvent event, Routes routes, Instance<LiveStreams> streams) {
        if (routes.services().has(WorkerDatabase.NAME)) {
            streams.get().end();
        }
    }

    /// Before the database connections are closed.
    static void end(@Observes ShutdownEvent event, Routes routes, Instance<Worker> worker) {
        if (routes.services().has(WorkerDatabase.NAME)) {
            worker.get().stop();
        }
    }

    private synchronized void stop() {
        stopped.countDown();
        heartbeats.end();
        lags.end();
        if (scheduler.getSchedulerState().isStarted()) {
            purges.end();
            scheduler.stop();
        }
    }
}
