package tarn.worker;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import tarn.platform.database.DataSources;

/// When each job is due and which worker has it, in the table of db-scheduler.
@Singleton
final class ScheduleStore {

    /// A job that a worker has taken.
    ///
    /// @param instance which of the job's rows it is
    /// @param due when it was due
    /// @param version of the row, raised whenever a worker takes it
    record Pick(String job, String instance, Instant due, String worker, long version) {

        private static Pick of(Execution execution) {
            return new Pick(
                    execution.getTaskName(),
                    execution.getId(),
                    execution.getExecutionTime(),
                    execution.pickedBy,
                    execution.version);
        }
    }

    /// Runs a job that this worker has taken.
    @FunctionalInterface
    interface Run {
        void call(RecurringJob job, Pick pick);
    }

    /// Interval at which a worker says that it is alive; others look for its jobs at twice this
    /// interval, so that they have them within 24 s.
    static final Duration HEARTBEAT = Duration.ofSeconds(4);

    /// Heartbeats a worker may miss before others take its jobs.
    static final int MISSED_HEARTBEATS = 4;

    /// Interval at which a worker looks for what is due, with one statement: so much later a job begins
    /// at most.
    private static final Duration POLL = Duration.ofMillis(50);

    private static final Duration MAX_SHUTDOWN = Duration.ofSeconds(2);
    private static final int THREADS = 4;
    private static final String TABLE = WorkerDatabase.NAME + ".scheduled_tasks";

    private final DataSource source;
    private final DSLContext sql;
    private final Clock clock;

    /// @param clock on which all workers agree
    ScheduleStore(DataSources sources, WorkerDatabase database, Clock clock) {
        this.source = sources.of(WorkerDatabase.NAME);
        this.sql = database.database().sql();
        this.clock = clock;
    }

    /// A scheduler, to be started, that runs the jobs as they become due.
    ///
    /// @param worker its name, unique among workers
    Scheduler scheduler(String worker, List<RecurringJob> jobs, Run run) {
        List<RecurringTask<Void>> tasks =
                jobs.stream().map(job -> task(job, run)).toList();
        return new ByClock(source, clock)
                .startTasks(tasks)
                .tableName(TABLE)
                .schedulerName(new SchedulerName.Fixed(worker))
                .threads(THREADS)
                .pollUsingLockAndFetch(0.5, 1)
                .pollingInterval(POLL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(MAX_SHUTDOWN)
                .build();
    }

    /// A builder whose scheduler goes by a clock of ours.
    private static final class ByClock extends SchedulerBuilder {

        ByClock(DataSource source, Clock clock) {
            super(source, List.of());
            this.clock = clock;
        }
    }

    private static RecurringTask<Void> task(RecurringJob job, Run run) {
        return Tasks.recurring(job.name(), schedule(job.schedule()))
                .execute((_, context) -> run.call(job, Pick.of(context.getExecution())));
    }

    private static Schedule schedule(JobSchedule schedule) {
        return schedule.every() == null
                ? new Daily(ZoneOffset.UTC, Objects.requireNonNull(schedule.dailyAt()))
                : FixedDelay.of(schedule.every());
    }

    /// When each job is due.
    Map<String, Instant> due() {
        return sql.fetch(
                        "select task_name, execution_time from " + TABLE + " where task_instance = ?",
                        RecurringTask.INSTANCE)
                .intoMap(row -> row.get(0, String.class), row -> row.get(1, Instant.class));
    }

    /// Whether a worker still has what it has taken; if so, nobody else takes it before the end of the transaction.
    boolean hold(Pick pick) {
        return !sql.fetch(
                        "select 1 from " + TABLE + " where task_name = ? and task_instance = ? and picked"
                                + " and picked_by = ? and version = ? for update",
                        pick.job(),
                        pick.instance(),
                        pick.worker(),
                        pick.version())
                .isEmpty();
    }

    /// Makes a job due at once, whatever the clocks of the workers say; returns false while it is
    /// running.
    boolean runNow(String job) {
        return sql.execute(
                        "update " + TABLE + " set execution_time = now() - interval '1 hour', version = version + 1"
                                + " where task_name = ? and task_instance = ? and not picked",
                        job,
                        RecurringTask.INSTANCE)
                == 1;
    }
}
