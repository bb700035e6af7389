package tarn.testing.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import tarn.platform.Secret;
import tarn.platform.database.ServiceDatabase;
import tarn.platform.http.Idempotency;
import tarn.testing.DatabaseResource;

/// The sample's part of the database.
final class SampleDatabase {

    @Produces
    @Singleton
    ServiceDatabase database(@DataSource("sample") AgroalDataSource source, ObjectMapper mapper, Clock clock) {
        return new ServiceDatabase(source, "sample", mapper, clock, new Secret(DatabaseResource.DIGEST_KEY), () -> {});
    }

    @Produces
    @Singleton
    Idempotency idempotency(ServiceDatabase database, ObjectMapper mapper, Clock clock) {
        return new Idempotency(database.sql(), "sample", mapper, clock);
    }
}
