package tarn.platform.database;

import tarn.platform.http.Idempotency;
import tarn.platform.job.ServiceJobs;

/// A service's own schema with its idempotency keys and recurring jobs; each service has a subclass
/// that names it.
public abstract class OwnDatabase {

    private final ServiceDatabase database;
    private final Idempotency idempotency;
    private final ServiceJobs jobs;

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
        this.jobs = new ServiceJobs(database.sql(), service, idempotency, sources.clock());
    }

    /// Its SQL context and outbox.
    public final ServiceDatabase database() {
        return database;
    }

    /// Stored responses of POST requests that carry an idempotency key.
    public final Idempotency idempotency() {
        return idempotency;
    }

    /// Its recurring jobs: those of every service, to which it adds its own.
    public final ServiceJobs jobs() {
        return jobs;
    }
}
