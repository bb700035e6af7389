package tarn.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.SplittableRandom;
import tarn.platform.database.DatabaseUrl;

/// One connection that runs one prepared statement over and over, each run a transaction: the
/// machine's own limit, measured as `pgbench` does (`-M prepared`).
final class SqlWork implements Load.Work {

    /// How many rows the table has that is read.
    static final int ROWS = 1_000_000;

    private final Connection connection;
    private final PreparedStatement statement;
    private final boolean read;
    private final SplittableRandom random = new SplittableRandom();

    private SqlWork(DatabaseUrl database, boolean read, String sql) throws SQLException {
        this.connection = DriverManager.getConnection(database.jdbc() + "?prepareThreshold=1", "postgres", "postgres");
        this.statement = connection.prepareStatement(sql);
        this.read = read;
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
    static SqlWork read(DatabaseUrl database) throws SQLException {
        return new SqlWork(database, true, "select balance from bench_account where id = ?");
    }

    /// Inserts one row and commits it to disk.
    static SqlWork insert(DatabaseUrl database) throws SQLException {
        return new SqlWork(
                database, false, "insert into bench_history (delta, filler) values (?, 'twenty-two characters')");
    }

    @Override
    public void once() throws SQLException {
        statement.setInt(1, 1 + random.nextInt(ROWS));
        if (read) {
            try (var rows = statement.executeQuery()) {
                rows.next();
            }
        } else {
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
