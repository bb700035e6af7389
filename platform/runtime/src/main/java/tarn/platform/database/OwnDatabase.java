package tarn.platform.database;

import tarn.platform.http.Idempotency;

/// A service's own part of the database, which a subclass of each service names.
public abstract class OwnDatabase {

    private final ServiceDatabase database;
    private final Idempotency idempotency;

    /// @param service its name, which its data source and its schema have too
    protected OwnDatabase(DataSources sources, String service) {
        this.database = new ServiceDatabase(
                sources.of(service), service, sources.mapper(), sources.clock(), sources.digestKey());
        this.idempotency = new Idempotency(database.sql(), service, sources.mapper(), sources.clock());
    }

    /// Its statements and its outbox.
    public final ServiceDatabase database() {
        return database;
    }

    /// Where answers to repeatable POST requests are kept.
    public final Idempotency idempotency() {
        return idempotency;
    }
}
