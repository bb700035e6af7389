package tarn.posts;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import tarn.platform.database.DataSources;
import tarn.platform.database.OwnDatabase;
import tarn.platform.event.EventRows;
import tarn.platform.process.Upkeep;

/// This service's part of the database.
@Singleton
final class PostsDatabase extends OwnDatabase {

    private static final String NAME = "posts";

    private static final List<EventRows> ROWS = List.of(PostStore.EVENTS);

    private final Upkeep upkeep;

    PostsDatabase(DataSources sources) {
        super(sources, NAME);
        this.upkeep = new Upkeep(NAME, database().outbox().snapshot(ROWS)::write, idempotency()::deleteExpired);
    }

    /// Static, so that the database of a service that is left out is not made.
    static void begin(@Observes StartupEvent event, DataSources sources, Instance<PostsDatabase> database) {
        if (sources.isActive(NAME)) {
            database.get().upkeep.begin();
        }
    }

    @PreDestroy
    void end() {
        upkeep.close();
    }
}
