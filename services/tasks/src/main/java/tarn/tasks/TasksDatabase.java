package tarn.tasks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import tarn.platform.database.ServiceDatabase;
import tarn.platform.http.Idempotency;

/// This service's part of the database.
@Singleton
final class TasksDatabase {

    private final ServiceDatabase database;
    private final Idempotency idempotency;

    TasksDatabase(@DataSource("tasks") AgroalDataSource source, ObjectMapper mapper, Clock clock) {
        this.database = new ServiceDatabase(source, "tasks", mapper, clock);
        this.idempotency = new Idempotency(database.sql(), "tasks", mapper, clock);
    }

    ServiceDatabase database() {
        return database;
    }

    /// Where answers to repeatable POST requests are kept.
    Idempotency idempotency() {
        return idempotency;
    }
}
