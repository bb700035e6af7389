package tarn.worker;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import tarn.platform.Uuid7;
import tarn.platform.service.Routes;

/// This process as a worker: starts its scheduler and its followers, and stops them.
@Singleton
final class Worker {

    private final Scheduler scheduler;
    private final PurgeFollower purges;

    Worker(ScheduleStore schedules, Timetable timetable, JobRunner runner, PurgeFollower purges, Clock clock) {
        this.purges = purges;
        this.scheduler = schedules.scheduler("worker-" + Uuid7.next(clock), timetable.jobs(), runner::run);
    }

    /// Static, so that nothing is started where the worker is left out.
    static void begin(@Observes StartupEvent event, Routes routes, Instance<Worker> worker) {
        if (routes.services().has(WorkerDatabase.NAME)) {
            worker.get().start();
        }
    }

    private void start() {
        scheduler.start();
        purges.begin();
    }

    /// Before the database connections are closed.
    static void end(@Observes ShutdownEvent event, Routes routes, Instance<Worker> worker) {
        if (routes.services().has(WorkerDatabase.NAME)) {
            worker.get().stop();
        }
    }

    private void stop() {
        purges.end();
        scheduler.stop();
    }
}
