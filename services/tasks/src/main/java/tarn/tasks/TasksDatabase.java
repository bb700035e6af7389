package tarn.tasks;

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
import tarn.platform.event.SnapshotEvents;
import tarn.platform.process.Upkeep;

/// This service's schema with its outbox and jobs; starts its upkeep, which writes snapshot events
/// that are missing and columns computed by older rules.
@Singleton
final class TasksDatabase extends OwnDatabase {

    private static final String NAME = "tasks";

    /// The order of the snapshot, which stays.
    private static final List<EventRows> ROWS = List.of(
            ProjectStore.EVENTS,
            MemberStore.EVENTS,
            SectionStore.EVENTS,
            LabelStore.EVENTS,
            TaskStore.EVENTS,
            ItemStore.EVENTS);

    private final SnapshotEvents snapshot;
    private final DerivedColumns derived;
    private final Upkeep upkeep;

    TasksDatabase(DataSources sources) {
        super(sources, NAME);
        this.snapshot = database().outbox().snapshot(ROWS);
        this.derived = new DerivedColumns(
                database().sql(),
                NAME,
                List.of(ProjectStore.DERIVED, LabelStore.DERIVED, TaskStore.DERIVED, ItemStore.DERIVED));
        this.upkeep = new Upkeep(NAME, snapshot::write, derived::refresh);
    }

    /// Static, so that the database of a service that is left out is not made.
    static void begin(@Observes StartupEvent event, DataSources sources, Instance<TasksDatabase> database) {
        if (sources.isActive(NAME)) {
            database.get().upkeep.begin();
        }
    }

    @PreDestroy
    void end() {
        upkeep.close();
    }

    /// What computes columns of rows that were written by other rules.
    DerivedColumns derived() {
        return derived;
    }

    /// What writes events of rows that were there before events told of every row.
    SnapshotEvents snapshot() {
        return snapshot;
    }
}
