package tarn.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import tarn.platform.Secret;
import tarn.platform.database.DatabaseSetup;
import tarn.platform.database.DatabaseUrl;

/// A real PostgreSQL for the tests of one JVM, started once, gone with it.
public final class TestDatabase {

    /// The password of every runtime role in tests.
    public static final Secret PASSWORD = new Secret("test");

    /// Where the one PostgreSQL is told to all class loaders: Quarkus loads this class several times.
    private static final String ADDRESS = "tarn.testing.database";

    private TestDatabase() {}

    /// Its address with the superuser's name.
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
                    .setServerConfig("max_connections", "60")
                    .start()
                    .getJdbcUrl("postgres", "postgres");
        } catch (IOException failure) {
            throw new UncheckedIOException("No PostgreSQL for the tests", failure);
        }
    }

    /// A new, empty database beside the others; roles are shared by all.
    ///
    /// @param name lower-case, without quotes
    public static DatabaseUrl empty(String name) throws SQLException {
        DatabaseUrl url = url();
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new DatabaseUrl(url.jdbc().replaceFirst("/postgres(?=\\?|$)", "/" + name), url.user(), url.password());
    }

    /// A connection of whoever the address names.
    public static Connection connect(DatabaseUrl url) throws SQLException {
        Secret password = url.password();
        return DriverManager.getConnection(url.jdbc(), url.user(), password == null ? null : password.value());
    }

    /// Makes it ready for services, their migrations run.
    public static DatabaseUrl prepared(String... services) {
        DatabaseUrl url = url();
        List<DatabaseSetup.Service> all = Stream.of(services)
                .map(name -> new DatabaseSetup.Service(name, PASSWORD))
                .toList();
        new DatabaseSetup(url).prepare(all);
        return url;
    }
}
