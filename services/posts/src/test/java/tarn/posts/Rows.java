package tarn.posts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tarn.testing.Eventually;
import tarn.testing.TestDatabase;

/// What is really in the tables.
final class Rows {

    private Rows() {}

    /// The first column of what a query gives, as text.
    static List<String> of(String query, String... ids) {
        try (Connection connection = TestDatabase.connect(TestDatabase.url());
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < ids.length; i++) {
                statement.setObject(i + 1, UUID.fromString(ids[i]));
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            return rows;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Keeps what a statement locks until it is closed.
    static Connection locking(String statement) throws SQLException {
        Connection connection = TestDatabase.connect(TestDatabase.url());
        connection.setAutoCommit(false);
        try (PreparedStatement lock = connection.prepareStatement(statement)) {
            lock.execute();
        }
        return connection;
    }

    /// Returns when so many statements wait for a lock.
    static void awaitWaiting(int statements) {
        Eventually.within(
                Duration.ofSeconds(30),
                () -> of("select 1 from pg_stat_activity where usename = 'tarn_posts' and wait_event_type = 'Lock'")
                                .size()
                        >= statements);
    }

    /// Changes rows as nobody but a test does.
    static void change(String statement, String... ids) {
        try (Connection connection = TestDatabase.connect(TestDatabase.url());
                PreparedStatement change = connection.prepareStatement(statement)) {
            for (int i = 0; i < ids.length; i++) {
                change.setObject(i + 1, UUID.fromString(ids[i]));
            }
            change.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
