package tarn.worker;

import jakarta.inject.Singleton;
import tarn.platform.database.DataSources;
import tarn.platform.database.OwnDatabase;

/// The worker's schema: schedule, runs and pauses of jobs, heartbeats and the cursor of its feed.
@Singleton
final class WorkerDatabase extends OwnDatabase {

    static final String NAME = "worker";

    WorkerDatabase(DataSources sources) {
        super(sources, NAME);
    }
}
