package tarn.identity.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import tarn.platform.database.ServiceDatabase;

/// This service's part of the database.
@Singleton
public final class IdentityDatabase {

    private final ServiceDatabase database;

    IdentityDatabase(@DataSource("identity") AgroalDataSource source, ObjectMapper mapper, Clock clock) {
        this.database = new ServiceDatabase(source, "identity", mapper, clock);
    }

    /// Its statements and its outbox.
    public ServiceDatabase database() {
        return database;
    }
}
