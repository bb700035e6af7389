package tarn.identity.database;

import jakarta.inject.Singleton;
import tarn.platform.database.DataSources;
import tarn.platform.database.OwnDatabase;

/// Identity's schema with its outbox, idempotency keys and jobs.
@Singleton
public final class IdentityDatabase extends OwnDatabase {

    IdentityDatabase(DataSources sources) {
        super(sources, "identity");
    }
}
