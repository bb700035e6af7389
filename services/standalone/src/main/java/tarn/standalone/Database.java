package tarn.standalone;

import java.sql.SQLException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;
import tarn.platform.database.DatabaseSetup;
import tarn.platform.database.DatabaseUrl;

/// The PostgreSQL that the services use, ready for them.
///
/// @param url with the credentials of whoever may prepare it
/// @param embedded ends with this; null when it is the operator's own
record Database(DatabaseUrl url, @Nullable Postgres embedded) implements AutoCloseable {

    /// What PostgreSQL calls a wrong password.
    private static final String WRONG_PASSWORD = "28P01";

    /// Starts the embedded one, or takes the operator's, and brings its schemas up to date.
    static Database open(Settings settings, Home home, Secrets secrets) {
        DatabaseUrl own = settings.database();
        if (own != null) {
            Database database = new Database(own, null);
            database.prepare(settings.catalogue(), secrets);
            return database;
        }
        Postgres postgres = Postgres.start(home, secrets.database("postgres"));
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

    /// The services whose schemas are up to date now, for a user.
    static String migrated(Catalogue catalogue) {
        return catalogue.withSchema().stream().map(Service::name).collect(Collectors.joining(", "));
    }

    private void prepare(Catalogue catalogue, Secrets secrets) {
        new DatabaseSetup(url)
                .prepare(catalogue.withSchema().stream()
                        .map(service -> new DatabaseSetup.Service(service.name(), secrets.database(service.name())))
                        .toList());
    }

    private static boolean isWrongPassword(DatabaseSetup.Unprepared failure) {
        return failure.getCause() instanceof SQLException cause && WRONG_PASSWORD.equals(cause.getSQLState());
    }

    private static CannotStart wrongSecret(Home home, Throwable cause) {
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
