package tarn.worker;

import jakarta.inject.Singleton;
import tarn.platform.database.DataSources;
import tarn.platform.database.OwnDatabase;

/// The worker's schema.
@Singleton
final class WorkerDatabase extends OwnDatabase {

    static final String NAME = "worker";

    WorkerDatabase(DataSources sources) {
        super(sources, NAME);
    }
}
