package tarn.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import tarn.platform.database.DatabaseUrl;

/// One prepared statement over and over, each time a transaction, on connections with a thread each: the
/// machine's own limit, measured as `pgbench` does (`-M prepared`).
final class SqlLoad implements Load, AutoCloseable {

    /// How many rows the table has that is read.
    private static final int ROWS = 1_000_000;

    private final String sql;
    private final List<Connection> connections = new ArrayList<>();

    private SqlLoad(DatabaseUrl database, int connections, String sql) throws SQLException {
        this.sql = sql;
        for (int i = 0; i < connections; i++) {
            this.connections.add(
                    DriverManager.getConnection(database.jdbc() + "?prepareThreshold=1", "postgres", "postgres"));
        }
    }

    /// Makes the tables that are measured.
    static void prepare(DatabaseUrl database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbc(), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute("create table bench_account (id integer primary key, balance integer, filler text)");
            statement.execute(
                    "insert into bench_account select n, n, repeat('x', 80) from generate_series(1, " + ROWS + ") n");
            statement.execute("create table bench_history (id bigint generated always as identity primary key,"
                    + " delta integer, at timestamptz default now(), filler text)");
            statement.execute("vacuum analyze bench_account");
        }
    }

    /// Reads one row by its key.
    static SqlLoad reads(DatabaseUrl database, int connections) throws SQLException {
        return new SqlLoad(database, connections, "select balance from bench_account where id = ?");
    }

    /// Inserts one row and commits it to disk.
    static SqlLoad inserts(DatabaseUrl database, int connections) throws SQLException {
        return new SqlLoad(
                database, connections, "insert into bench_history (delta, filler) values (?, 'twenty-two characters')");
    }

    @Override
    public Result run(Duration time) throws Exception {
        long start = System.nanoTime();
        List<Future<LongStream>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections.size())) {
            for (Connection connection : connections) {
                all.add(threads.submit(() -> loop(connection, start + time.toNanos())));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        LongStream times = LongStream.empty();
        for (Future<LongStream> one : all) {
            times = LongStream.concat(times, one.get());
        }
        return new Result(times, seconds);
    }

    private LongStream loop(Connection connection, long end) throws SQLException {
        Times times = new Times();
        SplittableRandom random = new SplittableRandom();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            long before = System.nanoTime();
            while (before < end) {
                statement.setInt(1, 1 + random.nextInt(ROWS));
                if (statement.execute()) {
                    statement.getResultSet().next();
                }
                long after = System.nanoTime();
                times.add(after - before);
                before = after;
            }
        }
        return times.stream();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
