package tarn.identity;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// The rows behind the running service, seen as its runtime role sees them.
final class Rows {

    private Rows() {}

    /// As on the day Tarn was installed; signing keys stay.
    static void forgetEverybody() {
        for (String table : List.of("app_user", "revocation", "setting")) {
            change("delete from " + table);
        }
        change("select outbox_delete_taken('{}', '{}', 'infinity', 1000000)");
    }

    static void change(String statement) {
        try (Connection connection = connect();
                Statement change = connection.createStatement()) {
            change.execute(statement);
        } catch (SQLException failure) {
            throw new AssertionError(statement, failure);
        }
    }

    /// The first column of a query.
    static List<String> texts(String query) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
    }

    /// The events of a user or thing, by type, in their order.
    static List<String> events() {
        return texts("select type from outbox order by seq");
    }

    private static Connection connect() throws SQLException {
        Config config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("tarn.database.url", String.class),
                "tarn_identity",
                config.getValue("tarn.identity.database.password", String.class));
    }
}
