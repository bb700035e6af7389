package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tarn.testing.Repository;
import tarn.testing.TestDatabase;

/// What becomes of accounts from before addresses were compared by what can be seen.
final class EmailKeyMigrationStoreTest {

    private static void run(Statement statement, String migration) throws SQLException {
        statement.execute(
                Repository.text(Repository.here().migrations("identity").resolve(migration)));
    }

    private static void register(Connection connection, String email, int day) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into person (id, name, email, email_key,"
                + " password_hash, created_at, updated_at) values (?, 'x', ?, ?, 'x', ?::timestamptz, now())")) {
            insert.setObject(1, UUID.nameUUIDFromBytes(new byte[] {(byte) day}));
            insert.setString(2, email);
            insert.setString(3, email);
            insert.setString(4, "2026-01-%02d".formatted(day));
            insert.execute();
        }
    }

    @Test
    void ofAddressesThatBecomeTheSameOneGetsTheKeyAndTheOthersKeepTheirs() throws SQLException {
        Map<String, String> keys = new TreeMap<>();
        try (Connection connection = TestDatabase.connect(TestDatabase.empty("email_keys"));
                Statement statement = connection.createStatement()) {
            statement.execute("create schema identity");
            statement.execute("set search_path = identity");
            run(statement, "V1__people_and_credentials.sql");
            register(connection, "\uff41da@x.example", 1);
            register(connection, "ada@x.example", 2);
            register(connection, "\uff45ve@x.example", 3);
            register(connection, "e\u200bve@x.example", 4);
            register(connection, "\uff47race@x.example", 5);

            run(statement, "V2__known_addresses.sql");

            try (ResultSet rows = statement.executeQuery("select email, email_key from person")) {
                while (rows.next()) {
                    keys.put(rows.getString(1), rows.getString(2));
                }
            }
        }

        assertThat(keys)
                .containsEntry("ada@x.example", "ada@x.example")
                .containsEntry("\uff41da@x.example", "\uff41da@x.example")
                .containsEntry("\uff45ve@x.example", "eve@x.example")
                .containsEntry("e\u200bve@x.example", "e\u200bve@x.example")
                .containsEntry("\uff47race@x.example", "grace@x.example");
    }
}
