package tarn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tarn.platform.database.DatabaseUrl;
import tarn.testing.Eventually;
import tarn.testing.Program;
import tarn.testing.Signal;
import tarn.testing.TestDatabase;

/// One of two workers freezes in the middle of a job: the other one has it within 30 s, and when the
/// first one wakes it does nothing more.
@Tag("long")
class FrozenWorkerProcessTest {

    private static final String JOB = "delete-idempotency-keys";
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);
    private static final Duration FROZEN = Duration.ofSeconds(40);
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void doesNothingWhenItWakes() throws Exception {
        DatabaseUrl database = TestDatabase.empty("frozen_worker");
        String url = database.jdbc().replaceFirst("^jdbc:postgresql://", "postgresql://postgres@");
        Program program =
                Program.startTwoOfEach(Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1", "TARN_DATABASE_URL", url));
        try (Connection connection = TestDatabase.connect(database);
                Statement sql = connection.createStatement()) {
            List<ProcessHandle> workers = program.processes("worker");
            Eventually.within(
                    SOON,
                    () -> number(
                                    sql,
                                    "select count(*) from worker.job_run where job = '" + JOB
                                            + "' and ended_at is not null")
                            > 0);
            insert(sql, 400_000);

            Signal.send("STOP", workers.get(1));
            sql.execute("update worker.scheduled_tasks set execution_time = now() - interval '1 hour',"
                    + " version = version + 1 where task_name = '" + JOB + "' and not picked");
            Eventually.within(SOON, () -> left(sql) < 400_000);
            Signal.send("STOP", workers.get(0));
            long frozen = System.nanoTime();
            long lost = number(sql, "select max(number) from worker.job_run where job = '" + JOB + "'");
            assertThat(left(sql)).isPositive();
            Signal.send("CONT", workers.get(1));

            Eventually.within(
                    TAKEN_OVER,
                    () -> number(sql, "select max(number) from worker.job_run where job = '" + JOB + "'") > lost);
            Eventually.within(
                    SOON,
                    () -> number(
                                    sql,
                                    "select count(*) from worker.job_run where job = '" + JOB + "' and number > " + lost
                                            + " and outcome = 'succeeded'")
                            > 0);
            assertThat(left(sql)).isZero();
            insert(sql, 1_000);
            LockSupport.parkNanos(frozen + FROZEN.toNanos() - System.nanoTime());
            Signal.send("CONT", workers.get(0));

            Eventually.within(SOON, () -> program.output().contains("Another worker has taken the job over"));
            assertThat(left(sql)).as("what the next run is to do").isEqualTo(1_000);
        } finally {
            program.remove();
        }
    }

    private static void insert(Statement sql, int rows) throws SQLException {
        sql.execute("insert into tasks.idempotency_key (caller, key, operation, request_hash, status, body, created_at)"
                + " select gen_random_uuid(), n::text, 'POST /', '', 201, '{}', now() - interval '2 days'"
                + " from generate_series(1, " + rows + ") as n");
    }

    private static long left(Statement sql) {
        return number(sql, "select count(*) from tasks.idempotency_key");
    }

    private static long number(Statement sql, String query) {
        try (ResultSet rows = sql.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
