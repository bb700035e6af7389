package tarn.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tarn.testing.Program;

/// How a service connects to the database of a running program.
///
/// @param url JDBC, without user
record DatabaseLogin(String url, String user, String password) {

    static DatabaseLogin of(Program program, String service) {
        Map<String, String> environment = program.environment(service);
        String password = "TARN_" + service.toUpperCase(Locale.ROOT) + "_DATABASE_PASSWORD";
        return new DatabaseLogin(
                Objects.requireNonNull(environment.get("TARN_DATABASE_URL")),
                "tarn_" + service,
                Objects.requireNonNull(environment.get(password)));
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }
}
