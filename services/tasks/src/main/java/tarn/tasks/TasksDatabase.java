package tarn.tasks;

import jakarta.inject.Singleton;
import tarn.platform.database.DataSources;
import tarn.platform.database.OwnDatabase;

/// This service's part of the database.
@Singleton
final class TasksDatabase extends OwnDatabase {

    TasksDatabase(DataSources sources) {
        super(sources, "tasks");
    }
}
