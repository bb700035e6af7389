package tarn.journeys;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tarn.testing.Eventually;
import tarn.testing.Repository;

/// The tables of the Tarn that the tests share, for locks and for what no answer tells.
final class Tables {

    private static final Duration SOON = Duration.ofSeconds(30);

    private Tables() {}

    /// A connection of the embedded server's superuser, with a transaction.
    static Connection connect() throws SQLException {
        String port = Repository.text(Tarn.program().home().resolve("postgres/postmaster.pid"))
                .lines()
                .skip(3)
                .findFirst()
                .orElseThrow();
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", Tarn.derived("database:postgres"));
        connection.setAutoCommit(false);
        return connection;
    }

    /// The first row of what a query gives, as texts; empty when there is none.
    static List<String> row(Connection connection, String query, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            List<String> row = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                for (int column = 1; result.next() && row.isEmpty(); ) {
                    while (column <= result.getMetaData().getColumnCount()) {
                        row.add(result.getString(column++));
                    }
                }
            }
            return row;
        }
    }

    /// Returns when a statement has begun to wait for a lock within the last half second.
    ///
    /// @param part of its text
    static void awaitWaiting(String part) {
        Eventually.within(SOON, () -> {
            try (Connection connection = connect()) {
                return !row(
                                connection,
                                "select pid from pg_stat_activity where wait_event_type = 'Lock'"
                                        + " and clock_timestamp() - query_start < interval '500 ms'"
                                        + " and position(? in query) > 0",
                                part)
                        .isEmpty();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        });
    }
}
