package tarn.identity.database;

import jakarta.inject.Singleton;
import tarn.platform.database.DataSources;
import tarn.platform.database.OwnDatabase;

/// Identity's schema.
@Singleton
public final class IdentityDatabase extends OwnDatabase {

    IdentityDatabase(DataSources sources) {
        super(sources, "identity");
    }
}
