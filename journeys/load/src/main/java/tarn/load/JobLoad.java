package tarn.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import tarn.platform.database.DatabaseUrl;

/// Runs of jobs beside those of the timetable, in the worker's own table.
///
/// Runs of a paused job do nothing: the worker picks each of them, looks whether somebody has asked for
/// it, and schedules it anew.
final class JobLoad implements AutoCloseable {

    /// Every ten minutes: a run is due again after the measurement.
    private static final String PAUSED = "remove-expired";

    /// A job of the worker's own that finds nothing to do.
    private static final String CHEAP = "delete-run-records";

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int FIRST_DUE_SECONDS = 2;

    private final Connection connection;
    private long due;
    private int runs;

    JobLoad(DatabaseUrl database) throws SQLException {
        connection = DriverManager.getConnection(database.jdbc(), "postgres", "postgres");
        execute("insert into worker.job_pause (job, paused_by, paused_at) values ('" + PAUSED
                + "', gen_random_uuid(), now())");
    }

    /// Lets some runs of the paused job be due now.
    void makeDue(int count) throws SQLException {
        delete();
        insert(PAUSED, count, "now()");
        runs = count;
        due = System.nanoTime();
    }

    /// Waits until all runs are done.
    ///
    /// @return runs per second since they were due
    double awaitDone() throws SQLException, InterruptedException {
        await("select not exists (select from worker.scheduled_tasks where execution_time <= now()"
                + " and task_instance like 'bench-%')");
        return runs / ((System.nanoTime() - due) / 1e9);
    }

    /// Lets runs of a cheap job be due one after the other.
    ///
    /// @return half, 95 % and all of them began within these seconds after they were due
    Double[] delays(int count, Duration between) throws SQLException, InterruptedException {
        delete();
        long before = number("select coalesce(max(number), 0) from worker.job_run");
        String since = " from worker.job_run where job = '" + CHEAP + "' and number > " + before;
        insert(
                CHEAP,
                count,
                "now() + interval '%d seconds' + n * interval '%d milliseconds'"
                        .formatted(FIRST_DUE_SECONDS, between.toMillis()));
        await("select count(*) >= " + count + since + " and ended_at is not null");
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select percentile_disc(array[0.5, 0.95, 1]) within group"
                        + " (order by extract(epoch from started_at - due_at)::float8)" + since)) {
            row.next();
            return (Double[]) row.getArray(1).getArray();
        }
    }

    private void insert(String job, int count, String dueAt) throws SQLException {
        execute("insert into worker.scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                + " select '" + job + "', 'bench-' || n, " + dueAt + ", false, 1 from generate_series(1, " + count
                + ") as n");
    }

    private void await(String condition) throws SQLException, InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        try (PreparedStatement statement = connection.prepareStatement(condition)) {
            while (!isTrue(statement)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("Jobs are not done: " + condition);
                }
                Thread.sleep(POLL);
            }
        }
    }

    private static boolean isTrue(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void delete() throws SQLException {
        execute("delete from worker.scheduled_tasks where task_instance like 'bench-%'");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Leaves the timetable as it was.
    @Override
    public void close() throws SQLException {
        try (connection) {
            delete();
            execute("delete from worker.job_pause where job = '" + PAUSED + "'");
        }
    }
}
