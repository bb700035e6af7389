package tarn.echo;

import jakarta.inject.Singleton;
import tarn.platform.database.DataSources;
import tarn.platform.database.OwnDatabase;

/// This service's part of the database.
@Singleton
final class EchoDatabase extends OwnDatabase {

    EchoDatabase(DataSources sources) {
        super(sources, "echo");
    }
}
