package tarn.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tarn.platform.Secret;
import tarn.platform.database.DatabaseSetup;
import tarn.platform.database.DatabaseUrl;

/// An embedded PostgreSQL, started at first use, once per JVM for all its class loaders, and
/// stopped with it.
public final class TestDatabase {

    /// The password of every runtime role in tests.
    public static final Secret PASSWORD = new Secret("test");

    /// System property with its URL, shared by the class loaders in which Quarkus loads this class.
    private static final String ADDRESS = "tarn.testing.database";

    private TestDatabase() {}

    /// Its URL with the superuser's name.
    public static DatabaseUrl url() {
        synchronized (System.getProperties()) {
            String address = System.getProperty(ADDRESS);
            if (address == null) {
                address = start();
                System.setProperty(ADDRESS, address);
            }
            return DatabaseUrl.parse(address);
        }
    }

    private static String start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPort(Program.freePort())
                    .setServerConfig("max_connections", "60")
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .start()
                    .getJdbcUrl("postgres", "postgres");
        } catch (IOException failure) {
            throw new UncheckedIOException("No PostgreSQL for the tests", failure);
        }
    }

    /// Creates an empty database on the same server; roles are shared.
    ///
    /// @param name lower-case, without quotes
    public static DatabaseUrl empty(String name) throws SQLException {
        return empty(url(), name);
    }

    /// Creates an empty database on a server.
    ///
    /// @param url of its database `postgres`
    /// @param name lower-case, without quotes
    public static DatabaseUrl empty(DatabaseUrl url, String name) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new DatabaseUrl(url.jdbc().replaceFirst("/postgres(?=\\?|$)", "/" + name), url.user(), url.password());
    }

    /// A connection with the URL's user and password.
    public static Connection connect(DatabaseUrl url) throws SQLException {
        Secret password = url.password();
        return DriverManager.getConnection(url.jdbc(), url.user(), password == null ? null : password.value());
    }

    /// The database with the schemas of these services, migrated.
    public static DatabaseUrl prepared(String... services) {
        DatabaseUrl url = url();
        List<DatabaseSetup.Service> all = Stream.of(services)
                .map(name -> new DatabaseSetup.Service(name, PASSWORD))
                .toList();
        new DatabaseSetup(url).prepare(all);
        all.forEach(service -> extendLockTimeout(url, service));
        return url;
    }

    /// Lets a service wait 15 s for a lock instead of 2 s: on a busy machine the holder of a lock may
    /// be stopped for longer.
    private static void extendLockTimeout(DatabaseUrl url, DatabaseSetup.Service service) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("alter role " + service.runtime() + " set lock_timeout = '15s'");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
