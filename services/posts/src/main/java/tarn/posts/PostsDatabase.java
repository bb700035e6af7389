package tarn.posts;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import tarn.platform.database.ServiceDatabase;
import tarn.platform.http.Idempotency;

/// This service's part of the database.
@Singleton
final class PostsDatabase {

    private final ServiceDatabase database;
    private final Idempotency idempotency;

    PostsDatabase(@DataSource("posts") AgroalDataSource source, ObjectMapper mapper, Clock clock) {
        this.database = new ServiceDatabase(source, "posts", mapper, clock);
        this.idempotency = new Idempotency(database.sql(), "posts", mapper, clock);
    }

    ServiceDatabase database() {
        return database;
    }

    /// Where answers to repeatable POST requests are kept.
    Idempotency idempotency() {
        return idempotency;
    }
}
