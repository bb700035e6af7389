package tarn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tarn.platform.database.DatabaseUrl;
import tarn.testing.Eventually;
import tarn.testing.Program;
import tarn.testing.Program.Topology;
import tarn.testing.Repository;
import tarn.testing.TestDatabase;

/// Two workers, the clock of one of which is wrong by three minutes: each run that is due is run
/// once, at its time, and both take part.
@Tag("long")
class WrongClockProcessTest {

    private static final List<String> OFFSETS = List.of("+180s", "-180s");
    private static final int MIN_ROUNDS = 10;
    private static final int MAX_ROUNDS = 60;
    private static final int MIN_RUNS_OF_WRONG = 10;
    private static final Duration SOON = Duration.ofSeconds(60);

    /// Runs by the worker whose clock is wrong, which shows in the ids that it gives.
    private static final String OF_WRONG = "select count(*) from worker.job_run where abs("
            + "('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / 1000.0"
            + " - extract(epoch from due_at)) > 100 and number > ";

    @Test
    void nothingRunsTwiceAndNothingIsSkipped() throws Exception {
        Path library = fakeTime();
        DatabaseUrl database = TestDatabase.empty("wrong_clock");
        String url = database.jdbc().replaceFirst("^jdbc:postgresql://", "postgresql://postgres@");
        Program program = Program.start(
                Topology.SPLIT, Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1", "TARN_DATABASE_URL", url));
        try (Connection connection = TestDatabase.connect(database);
                Statement sql = connection.createStatement()) {
            sql.execute("create table public.wanted (job text, due_at timestamptz, primary key (job, due_at))");
            for (String offset : OFFSETS) {
                Eventually.within(SOON, () -> workers(sql) == 1);
                Process wrong = startWorker(program, library, offset);
                try {
                    Eventually.within(SOON, () -> workers(sql) == 2);
                    run(sql);
                } finally {
                    // Not Process.destroy(), which breaks the pipe as well.
                    wrong.toHandle().destroy();
                    wrong.onExit().join();
                }
            }
            verify(sql);
        } finally {
            program.remove();
        }
    }

    private static long workers(Statement sql) {
        return number(sql, "select count(*) from worker.heartbeat where at > now() - interval '15 seconds'");
    }

    /// Has all jobs run again and again, until the worker whose clock is wrong has run some.
    private static void run(Statement sql) throws SQLException {
        Eventually.within(SOON, () -> number(sql, "select count(*) from worker.scheduled_tasks where picked") == 0);
        long before = number(sql, "select max(number) from worker.job_run");
        int rounds = 0;
        while (rounds < MIN_ROUNDS || (number(sql, OF_WRONG + before) < MIN_RUNS_OF_WRONG && rounds < MAX_ROUNDS)) {
            rounds++;
            sql.execute("with due as (update worker.scheduled_tasks set version = version + 1, execution_time ="
                    + " date_trunc('milliseconds', clock_timestamp()) + interval '500 milliseconds'"
                    + " where not picked returning task_name, execution_time)"
                    + " insert into public.wanted select task_name, execution_time from due");
            Eventually.within(SOON, () -> number(sql, """
                    select count(*) from public.wanted w where not exists (
                        select from worker.job_run r
                        where r.job = w.job and r.due_at = w.due_at and r.ended_at is not null)""") == 0);
        }
        long ofWrong = number(sql, OF_WRONG + before);
        long all = number(sql, "select count(*) from worker.job_run where number > " + before);
        System.out.println("Runs: " + all + ", of them by the worker whose clock is wrong: " + ofWrong);
        assertThat(ofWrong).isGreaterThanOrEqualTo(MIN_RUNS_OF_WRONG);
        assertThat(all - ofWrong).as("by the other one").isPositive();
        assertThat(number(sql, """
                select count(*) from worker.scheduled_tasks where task_name in ('complete-totals', 'resume-jobs')
                    and execution_time not between now() - interval '5 seconds' and now() + interval '61 seconds'"""))
                .as("jobs of every minute that are not due within one")
                .isZero();
    }

    private static void verify(Statement sql) {
        assertThat(number(
                        sql,
                        "select count(*) from (select from worker.job_run group by job, due_at"
                                + " having count(*) > 1) as twice"))
                .as("due once, run twice")
                .isZero();
        assertThat(number(
                        sql,
                        "select count(*) from worker.job_run r join public.wanted using (job, due_at)"
                                + " where outcome is distinct from 'succeeded'"))
                .as("failed")
                .isZero();
        assertThat(number(
                        sql,
                        "select count(*) from worker.job_run join public.wanted using (job, due_at)"
                                + " where started_at not between due_at and due_at + interval '60 seconds'"
                                + " or ended_at not between started_at and due_at + interval '60 seconds'"))
                .as("not at their time, as it is recorded")
                .isZero();
    }

    /// Another worker beside that of the program, with the same settings on ports of its own.
    private static Process startWorker(Program program, Path library, String offset) throws IOException {
        ProcessHandle first = program.processes("worker").getFirst();
        Map<String, String> environment = new TreeMap<>(Program.environment(first));
        environment.put("TARN_PORT", Integer.toString(Program.freePort()));
        environment.put("TARN_MANAGEMENT_PORT", Integer.toString(Program.freePort()));
        environment.put("LD_PRELOAD", library.toString());
        environment.put("FAKETIME", offset);
        environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        // Timed waits of a JVM end at once where faketime mends the monotonic clock.
        environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        Path commandLine = Path.of("/proc", Long.toString(first.pid()), "cmdline");
        List<String> command = Stream.of(Repository.text(commandLine).split("\0", -1))
                .filter(argument -> !argument.isEmpty())
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("target/wrong-clock" + offset + ".out"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// The library of Debian's package faketime; aborts the test where it is not installed.
    private static Path fakeTime() throws IOException {
        List<Path> found = List.of();
        Path libraries = Path.of("/usr/lib");
        if (Files.isDirectory(libraries)) {
            try (Stream<Path> folders = Files.list(libraries)) {
                found = folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                        .filter(Files::isRegularFile)
                        .toList();
            }
        }
        Assumptions.assumeFalse(found.isEmpty(), "Not shown with a wrong clock: install the package faketime");
        return found.getFirst();
    }

    private static long number(Statement sql, String query) {
        try (ResultSet rows = sql.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
