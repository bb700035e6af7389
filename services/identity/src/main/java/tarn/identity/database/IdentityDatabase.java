package tarn.identity.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tarn.platform.Secret;
import tarn.platform.database.ServiceDatabase;

/// This service's part of the database.
@Singleton
public final class IdentityDatabase {

    private final ServiceDatabase database;

    IdentityDatabase(
            @DataSource("identity") AgroalDataSource source,
            ObjectMapper mapper,
            Clock clock,
            @ConfigProperty(name = "tarn.digest.key") String digestKey) {
        this.database = new ServiceDatabase(source, "identity", mapper, clock, new Secret(digestKey));
    }

    /// Its statements and its outbox.
    public ServiceDatabase database() {
        return database;
    }
}
