package tarn.platform.event;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Measures in the database how far consumers are behind, whether or not they are running: reads
/// by index, and counts at most 100,000 events of each outbox.
public final class FeedLagStore {

    /// The most that is counted in an outbox.
    static final int MAX = 100_000;

    /// The range of `tx` has two ends, so that generic plans use the index.
    private static final String NOT_VISIBLE = """
            epoch = ? and tx >= pg_snapshot_xmin(?::pg_snapshot) and tx < pg_snapshot_xmax(pg_current_snapshot())
            and not pg_visible_in_snapshot(tx, ?::pg_snapshot)""";

    private static final String REST_OF_WINDOW = """
            epoch = ? and seq > ? and not pg_visible_in_snapshot(tx, ?::pg_snapshot)
            and pg_visible_in_snapshot(tx, ?::pg_snapshot)""";

    private static final String COUNT =
            "(select count(*) from (select from $.outbox where # order by ^ limit ?) as waiting)";
    private static final String OLDEST = "(select occurred_at from $.outbox where # order by ^ limit 1)";

    /// Events of an outbox that wait.
    ///
    /// @param order of an index that finds them
    private record UndeliveredEvents(String condition, String order, List<Object> values) {

        static UndeliveredEvents notVisible(FeedCursor at, String snapshot) {
            return new UndeliveredEvents(NOT_VISIBLE, "tx", List.of(at.epoch(), snapshot, snapshot));
        }

        static UndeliveredEvents restOfWindow(FeedCursor at, String target) {
            return new UndeliveredEvents(REST_OF_WINDOW, "seq", List.of(at.epoch(), at.seq(), at.snapshot(), target));
        }

        static UndeliveredEvents ofLaterEpochs(FeedCursor at) {
            return new UndeliveredEvents("epoch > ?", "epoch, tx", List.of(at.epoch()));
        }

        String in(String outbox, String template) {
            return template.replace("$", outbox).replace("#", condition).replace("^", order);
        }
    }

    private final DSLContext sql;
    private final String schema;
    private final List<String> wanted;
    private final int max;
    private final FeedCursors cursors;
    private final FeedWindowStore windows;

    /// @param sql of the service that consumes
    /// @param schema of that service, which has the cursors
    /// @param outboxes names of services, in the order in which they are read
    public FeedLagStore(DSLContext sql, Clock clock, String schema, List<String> outboxes) {
        this(sql, clock, schema, outboxes, MAX);
    }

    FeedLagStore(DSLContext sql, Clock clock, String schema, List<String> outboxes, int max) {
        this.sql = sql;
        this.schema = schema;
        this.wanted = List.copyOf(outboxes);
        this.max = max;
        this.cursors = new FeedCursorStore(sql, schema, clock);
        this.windows = new FeedWindowStore(sql);
    }

    /// How far a consumer is behind; one without a cursor has handled nothing, and a retired one is
    /// never behind.
    ///
    /// @throws FeedFailure when its cursor does not belong to the data
    public FeedLag of(String consumer) {
        List<String> outboxes = windows.readable(wanted);
        FeedCursor at = cursors.of(consumer);
        if (outboxes.isEmpty() || (at == null && isRetired(consumer))) {
            return FeedLag.NONE;
        }
        FeedCursor from = at == null ? FeedCursor.START : at;
        windows.status(outboxes, from).require(consumer, from);
        return lag(outboxes, from);
    }

    private boolean isRetired(String consumer) {
        return sql.fetchSingle(
                        "select exists (select from " + schema + ".outbox_consumer where consumer = ? and epoch = ?)",
                        consumer,
                        OutboxRetention.RETIRED)
                .get(0, Boolean.class);
    }

    private FeedLag lag(List<String> outboxes, FeedCursor at) {
        List<String> counts = new ArrayList<>();
        List<String> oldest = new ArrayList<>();
        List<Object> countValues = new ArrayList<>();
        List<Object> oldestValues = new ArrayList<>();
        for (int i = 0; i < outboxes.size(); i++) {
            List<String> terms = new ArrayList<>();
            for (UndeliveredEvents waiting : waiting(outboxes, i, at)) {
                terms.add(waiting.in(outboxes.get(i), COUNT));
                countValues.addAll(waiting.values());
                countValues.add(max);
                oldest.add(waiting.in(outboxes.get(i), OLDEST));
                oldestValues.addAll(waiting.values());
            }
            counts.add("least(" + String.join(" + ", terms) + ", ?)");
            countValues.add(max);
        }
        countValues.addAll(oldestValues);
        Record row = sql.fetchSingle(
                "select " + String.join(" + ", counts) + " as events,"
                        + " greatest(extract(epoch from clock_timestamp() - least(" + String.join(", ", oldest)
                        + ")), 0) as seconds",
                countValues.toArray());
        return new FeedLag(row.get("events", Long.class), row.get("seconds", Double.class));
    }

    /// What waits in one of the outboxes; those before the one being read are finished for the window.
    private static List<UndeliveredEvents> waiting(List<String> outboxes, int outbox, FeedCursor at) {
        String target = at.target();
        int reading = at.outbox() == null ? -1 : outboxes.indexOf(at.outbox());
        UndeliveredEvents later = UndeliveredEvents.ofLaterEpochs(at);
        if (target == null || outbox > reading) {
            return List.of(UndeliveredEvents.notVisible(at, at.snapshot()), later);
        }
        return outbox < reading
                ? List.of(UndeliveredEvents.notVisible(at, target), later)
                : List.of(UndeliveredEvents.restOfWindow(at, target), UndeliveredEvents.notVisible(at, target), later);
    }
}
