package tarn.platform.database;

import tarn.platform.http.Idempotency;

/// A service's own schema with its idempotency keys; each service has a subclass that names it.
public abstract class OwnDatabase {

    private final ServiceDatabase database;
    private final Idempotency idempotency;

    /// @param service its name, which its data source and its schema have too
    protected OwnDatabase(DataSources sources, String service) {
        this.database = new ServiceDatabase(
                sources.of(service),
                service,
                sources.mapper(),
                sources.clock(),
                sources.digestKey(),
                sources::eventsWritten);
        this.idempotency = new Idempotency(database.sql(), service, sources.mapper(), sources.clock());
    }

    /// Its SQL context and outbox.
    public final ServiceDatabase database() {
        return database;
    }

    /// Stored responses of POST requests that carry an idempotency key.
    public final Idempotency idempotency() {
        return idempotency;
    }
}
