package tarn.tasks;

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
import tarn.platform.event.Snapshot;
import tarn.platform.http.Idempotency;
import tarn.platform.process.Upkeep;

/// This service's part of the database.
@Singleton
final class TasksDatabase {

    private final ServiceDatabase database;
    private final Idempotency idempotency;
    private final Snapshot snapshot;
    private final Upkeep upkeep;

    TasksDatabase(
            @DataSource("tasks") AgroalDataSource source,
            ObjectMapper mapper,
            Clock clock,
            @ConfigProperty(name = "tarn.digest.key") String digestKey) {
        this.database = new ServiceDatabase(source, "tasks", mapper, clock, new Secret(digestKey));
        this.idempotency = new Idempotency(database.sql(), "tasks", mapper, clock);
        this.snapshot = database.outbox()
                .snapshot(List.of(
                        ProjectStore.EVENTS,
                        MemberStore.EVENTS,
                        SectionStore.EVENTS,
                        LabelStore.EVENTS,
                        TaskStore.EVENTS,
                        ItemStore.EVENTS));
        this.upkeep = new Upkeep("tasks", snapshot::write, idempotency::deleteExpired);
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

    /// What writes events of rows that were there before events told of every row.
    Snapshot snapshot() {
        return snapshot;
    }

    /// Where answers to repeatable POST requests are kept.
    Idempotency idempotency() {
        return idempotency;
    }
}
