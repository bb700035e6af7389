package tarn.standalone;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;
import tarn.platform.database.DatabaseSetup;
import tarn.platform.database.DatabaseUrl;

/// The services' PostgreSQL, embedded or the operator's own, with all schemas migrated.
///
/// @param url with credentials that may create roles and schemas
/// @param embedded stopped on close; null for the operator's own
record Database(DatabaseUrl url, @Nullable Postgres embedded) implements AutoCloseable {

    /// SQLSTATE of a wrong password.
    private static final String WRONG_PASSWORD = "28P01";

    /// Starts the embedded database or uses the operator's, and migrates the schemas.
    static Database open(Settings settings, DataFolder home, DerivedSecrets secrets) {
        DatabaseUrl own = settings.database();
        if (own != null) {
            Database database = new Database(own, null);
            database.prepare(settings.catalogue(), secrets);
            return database;
        }
        Postgres postgres = Postgres.start(home, secrets.database("postgres"), settings.replicas());
        Database database = new Database(postgres.url(), postgres);
        try {
            database.prepare(settings.catalogue(), secrets);
            return database;
        } catch (DatabaseSetup.Unprepared failure) {
            postgres.close();
            throw isWrongPassword(failure) ? wrongSecret(home, failure) : failure;
        } catch (RuntimeException failure) {
            postgres.close();
            throw failure;
        }
    }

    /// Names of the migrated services, for a message.
    static String migrated(Catalogue catalogue) {
        return catalogue.withSchema().stream().map(Service::name).collect(Collectors.joining(", "));
    }

    private void prepare(Catalogue catalogue, DerivedSecrets secrets) {
        new DatabaseSetup(url).prepare(services(catalogue, secrets));
    }

    /// Forgets a consumer of events in the outboxes of these services.
    void retire(String consumer, Catalogue catalogue, DerivedSecrets secrets) {
        new DatabaseSetup(url).retire(consumer, services(catalogue, secrets));
    }

    private static List<DatabaseSetup.Service> services(Catalogue catalogue, DerivedSecrets secrets) {
        return catalogue.withSchema().stream()
                .map(service -> new DatabaseSetup.Service(service.name(), secrets.database(service.name())))
                .toList();
    }

    private static boolean isWrongPassword(DatabaseSetup.Unprepared failure) {
        return failure.getCause() instanceof SQLException cause && WRONG_PASSWORD.equals(cause.getSQLState());
    }

    private static CannotStart wrongSecret(DataFolder home, Throwable cause) {
        return new CannotStart(
                "The secret is not the one that " + home.folder() + " was made with: put back its file `secret`, "
                        + "or the TARN_SECRET of that time.",
                cause);
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
