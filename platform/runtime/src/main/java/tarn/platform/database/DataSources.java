package tarn.platform.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource.DataSourceLiteral;
import io.quarkus.arc.InjectableInstance;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.ConfigProvider;
import tarn.platform.Secret;
import tarn.platform.event.EventsWritten;

/// The data sources of the services in this process, by the service's name, and what else an
/// [OwnDatabase] takes from the process.
@Singleton
public final class DataSources {

    private final InjectableInstance<AgroalDataSource> sources;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final Event<EventsWritten> written;

    /// @param sources looked up one at a time, because that of an excluded service is not active
    DataSources(
            @Any InjectableInstance<AgroalDataSource> sources,
            ObjectMapper mapper,
            Clock clock,
            Event<EventsWritten> written) {
        this.sources = sources;
        this.mapper = mapper;
        this.clock = clock;
        this.written = written;
    }

    /// The data source of a service in this process.
    public AgroalDataSource of(String service) {
        return sources.select(new DataSourceLiteral(service)).get();
    }

    /// Whether the service runs in this process.
    public boolean isActive(String service) {
        return sources.select(new DataSourceLiteral(service))
                .getHandle()
                .getBean()
                .isActive();
    }

    /// The key for the digests of free text in events.
    Secret digestKey() {
        return new Secret(ConfigProvider.getConfig().getValue("tarn.digest.key", String.class));
    }

    /// Wakes the feeds of this process once the current transaction has committed.
    void eventsWritten() {
        written.fire(new EventsWritten());
    }

    ObjectMapper mapper() {
        return mapper;
    }

    Clock clock() {
        return clock;
    }
}
