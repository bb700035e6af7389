package tarn.posts;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import tarn.platform.database.DataSources;
import tarn.platform.database.DerivedColumns;
import tarn.platform.database.OwnDatabase;
import tarn.platform.event.EventRows;
import tarn.platform.process.Upkeep;

/// This service's schema with its outbox and jobs; starts its upkeep, which writes snapshot events
/// that are missing and columns computed by older rules.
@Singleton
final class PostsDatabase extends OwnDatabase {

    private static final String NAME = "posts";

    private static final List<EventRows> ROWS = List.of(PostStore.EVENTS);

    private final DerivedColumns derived;
    private final Upkeep upkeep;

    PostsDatabase(DataSources sources) {
        super(sources, NAME);
        this.derived = new DerivedColumns(database().sql(), NAME, List.of(PostStore.DERIVED));
        this.upkeep = new Upkeep(NAME, database().outbox().snapshot(ROWS)::write, derived::refresh);
    }

    /// Static, so that the bean of an excluded service is not created.
    static void begin(@Observes StartupEvent event, DataSources sources, Instance<PostsDatabase> database) {
        if (sources.isActive(NAME)) {
            database.get().upkeep.begin();
        }
    }

    /// The job that computes columns of rows that were written by other rules.
    DerivedColumns derived() {
        return derived;
    }

    @PreDestroy
    void end() {
        upkeep.close();
    }
}
