package tarn.posts;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tarn.platform.Secret;
import tarn.platform.database.ServiceDatabase;
import tarn.platform.http.Idempotency;
import tarn.platform.process.Upkeep;

/// This service's part of the database.
@Singleton
final class PostsDatabase {

    private final ServiceDatabase database;
    private final Idempotency idempotency;
    private final Upkeep upkeep;

    PostsDatabase(
            @DataSource("posts") AgroalDataSource source,
            ObjectMapper mapper,
            Clock clock,
            @ConfigProperty(name = "tarn.digest.key") String digestKey) {
        this.database = new ServiceDatabase(source, "posts", mapper, clock, new Secret(digestKey));
        this.idempotency = new Idempotency(database.sql(), "posts", mapper, clock);
        this.upkeep = new Upkeep(
                "posts", database.outbox().snapshot(List.of(PostStore.EVENTS))::write, idempotency::deleteExpired);
    }

    void begin(@Observes StartupEvent event) {
        upkeep.begin();
    }

    void end(@Observes ShutdownEvent event) {
        upkeep.close();
    }

    ServiceDatabase database() {
        return database;
    }

    /// Where answers to repeatable POST requests are kept.
    Idempotency idempotency() {
        return idempotency;
    }
}
