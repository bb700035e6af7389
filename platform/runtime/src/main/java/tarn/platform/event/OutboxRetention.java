package tarn.platform.event;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;
import tarn.catalogue.Catalogue;

/// Deletes events of one outbox that every consumer has taken and that are older than 7 days, or 90
/// days where the lake is left out; and records what each consumer has taken.
///
/// The consumers are those of the catalogue: one that has never reported has taken nothing.
public final class OutboxRetention {

    /// Age up to which events are kept while the lake takes them; a consumer that is behind keeps
    /// them longer.
    public static final Duration KEPT = Duration.ofDays(7);

    /// Age up to which events are kept where the lake is left out, as the only history there is.
    public static final Duration KEPT_WITHOUT_LAKE = Duration.ofDays(90);

    /// Epoch of a consumer that is retired, as if it had taken every event that there will be.
    public static final int RETIRED = Integer.MAX_VALUE;

    private final DSLContext sql;
    private final String schema;
    private final Clock clock;
    private final Set<String> consumers;

    /// @param consumers of this installation's catalogue
    public OutboxRetention(DSLContext sql, String schema, Clock clock, Collection<String> consumers) {
        this.sql = sql;
        this.schema = schema;
        this.clock = clock;
        this.consumers = Set.copyOf(consumers);
    }

    /// Records what a consumer has taken.
    public void report(String consumer, int epoch, String snapshot) {
        sql.execute(
                "insert into " + schema + ".outbox_consumer (consumer, epoch, snapshot, reported_at)"
                        + " values (?, ?, ?::pg_snapshot, ?::timestamptz) on conflict (consumer) do update"
                        + " set epoch = excluded.epoch, snapshot = excluded.snapshot, reported_at = excluded.reported_at",
                consumer,
                epoch,
                snapshot,
                now());
    }

    /// Looks at the oldest events and deletes those that may go.
    ///
    /// @param most number of events
    /// @return how many were deleted
    public int deleteTaken(int most) {
        Map<String, Record> reported = new HashMap<>();
        sql.fetch("select consumer, epoch, snapshot::text as snapshot from " + schema + ".outbox_consumer")
                .forEach(row -> reported.put(row.get("consumer", String.class), row));
        List<Integer> epochs = new ArrayList<>();
        List<String> snapshots = new ArrayList<>();
        for (String consumer : consumers) {
            Record row = reported.get(consumer);
            epochs.add(row == null ? 1 : row.get("epoch", Integer.class));
            snapshots.add(row == null ? FeedCursor.NOTHING : row.get("snapshot", String.class));
        }
        Duration kept = consumers.contains(Catalogue.LAKE) ? KEPT : KEPT_WITHOUT_LAKE;
        return sql.fetchSingle(
                        "select " + schema
                                + ".outbox_delete_taken(?::integer[], ?::text[]::pg_snapshot[], ?::timestamptz, ?)",
                        epochs.toArray(Integer[]::new),
                        snapshots.toArray(String[]::new),
                        now().minus(kept),
                        most)
                .get(0, Long.class)
                .intValue();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
