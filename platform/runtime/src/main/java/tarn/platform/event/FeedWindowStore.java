package tarn.platform.event;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;

/// The SQL by which a feed reads outboxes: which there are, whether something is new, where it
/// begins and ends, and the events.
///
/// Ranges of `tx` have both ends or a limit of one, so that generic plans use the index, too.
final class FeedWindowStore {

    /// What there is at one instant.
    ///
    /// @param snapshot the current snapshot
    /// @param fresh whether it shows an event that the cursor's snapshot does not
    /// @param epoch the current epoch
    /// @param here whether the outboxes record the cluster that they are in
    /// @param ahead whether the cursor's snapshot is later than the current one
    record Status(String snapshot, boolean fresh, int epoch, boolean here, boolean ahead) {

        /// @param consumer named in the error
        /// @throws FeedFailure when the cursor does not belong to the data
        void require(String consumer, FeedCursor at) {
            if (!here) {
                throw new FeedFailure(
                        consumer,
                        "the database has been restored into another PostgreSQL cluster. Run ./tarn migrate.");
            }
            if (at.epoch() > epoch || (at.epoch() == epoch && ahead)) {
                throw new FeedFailure(
                        consumer,
                        "its cursor (epoch " + at.epoch() + ", snapshot " + at.snapshot()
                                + ") is ahead of the events (epoch " + epoch + ", snapshot " + snapshot
                                + "), which are older than what it has read. Restore both from the same backup.");
            }
        }
    }

    /// The events of one outbox in a window: `seq` above `low`, up to `high`.
    record Range(long low, long high) {}

    private static final String PROBE = """
            coalesce((select tx from $.outbox where epoch = ? order by tx desc limit 1) >= pg_snapshot_xmax(?::pg_snapshot), false)
            or exists (select from $.outbox where epoch = ? and tx = any(array(select pg_snapshot_xip(?::pg_snapshot))))""";

    /// Fenced by `offset 0`, without which the minimum is looked for from the first row on.
    private static final String BOUNDS = """
            select '$' as outbox, min(seq) - 1 as low, max(seq) as high from (
                select seq from $.outbox where epoch = ? and tx >= pg_snapshot_xmax(?::pg_snapshot)
                    and tx < pg_snapshot_xmax(?::pg_snapshot) and pg_visible_in_snapshot(tx, ?::pg_snapshot)
                union all
                select seq from $.outbox where epoch = ? and tx = any(array(select pg_snapshot_xip(?::pg_snapshot)))
                    and pg_visible_in_snapshot(tx, ?::pg_snapshot)
                offset 0) as fresh""";

    private static final String BATCH = """
            select seq, id, type, schema, aggregate_type, aggregate_id, actor, occurred_at, trace, payload::text as payload
            from $.outbox
            where seq > ? and seq <= ? and epoch = ? and not pg_visible_in_snapshot(tx, ?::pg_snapshot)
                and pg_visible_in_snapshot(tx, ?::pg_snapshot)
            order by seq limit ?""";

    /// What may be in a window, counted up to a limit.
    private static final String COUNT = """
            (select count(*) from (
                select 1 from $.outbox where epoch = ? and tx >= pg_snapshot_xmax(?::pg_snapshot)
                    and tx < pg_snapshot_xmax(?::pg_snapshot)
                union all
                select 1 from $.outbox where epoch = ? and tx = any(array(select pg_snapshot_xip(?::pg_snapshot)))
                limit ?) as fresh)""";

    /// A short window as a whole.
    private static final String WINDOW = """
            select seq, id, type, schema, aggregate_type, aggregate_id, actor, occurred_at, trace, payload::text as payload
            from (
                select * from $.outbox where epoch = ? and tx >= pg_snapshot_xmax(?::pg_snapshot)
                    and tx < pg_snapshot_xmax(?::pg_snapshot)
                union all
                select * from $.outbox where epoch = ? and tx = any(array(select pg_snapshot_xip(?::pg_snapshot)))
                offset 0) as fresh
            where pg_visible_in_snapshot(tx, ?::pg_snapshot)
            order by seq""";

    private final DSLContext sql;

    FeedWindowStore(DSLContext sql) {
        this.sql = sql;
    }

    /// Those of the given outboxes that exist and may be read, in the given order.
    List<String> readable(List<String> outboxes) {
        List<String> found = sql.fetch(
                        "select nspname from pg_namespace n join pg_class c on c.relnamespace = n.oid"
                                + " and c.relname = 'outbox_epoch' where nspname = any(?)"
                                + " and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')",
                        (Object) outboxes.toArray(String[]::new))
                .getValues(0, String.class);
        return outboxes.stream().filter(found::contains).toList();
    }

    Status status(List<String> outboxes, FeedCursor at) {
        String text = "select pg_current_snapshot()::text as snapshot, (" + joined(outboxes, PROBE, " or ")
                + ") as fresh, greatest("
                + joined(outboxes, "(select epoch from $.outbox_epoch)", ", ") + ") as epoch, "
                + joined(outboxes, "(select system = system_identifier from $.outbox_epoch)", " and ")
                + " as here, pg_snapshot_xmax(?::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) as ahead"
                + " from pg_control_system()";
        Object[] values = Stream.concat(
                        outboxes.stream().flatMap(_ -> Stream.of(at.epoch(), at.snapshot(), at.epoch(), at.snapshot())),
                        Stream.of(at.snapshot()))
                .toArray();
        Record row = sql.fetchSingle(text, values);
        return new Status(
                row.get("snapshot", String.class),
                row.get("fresh", Boolean.class),
                row.get("epoch", Integer.class),
                row.get("here", Boolean.class),
                row.get("ahead", Boolean.class));
    }

    /// The ranges of a window, of outboxes that have events in it.
    Map<String, Range> ranges(List<String> outboxes, FeedCursor from, String target) {
        if (from.snapshot().equals(FeedCursor.NOTHING)) {
            // All that is there: nothing has to be looked for.
            return ranges(joined(
                    outboxes, "select '$' as outbox, 0::bigint as low, max(seq) as high from $.outbox", " union all "));
        }
        Object[] values = outboxes.stream()
                .flatMap(_ ->
                        Stream.of(from.epoch(), from.snapshot(), target, target, from.epoch(), from.snapshot(), target))
                .toArray();
        return ranges(joined(outboxes, BOUNDS, " union all "), values);
    }

    private Map<String, Range> ranges(String text, Object... values) {
        Map<String, Range> ranges = new LinkedHashMap<>();
        sql.fetch(text, values).forEach(row -> {
            Long high = row.get("high", Long.class);
            if (high != null) {
                ranges.put(row.get("outbox", String.class), new Range(row.get("low", Long.class), high));
            }
        });
        return ranges;
    }

    /// The next events of a range.
    List<DeliveredEvent> events(String outbox, Range range, FeedCursor from, String target, int limit) {
        List<DeliveredEvent> events = new ArrayList<>();
        sql.fetch(BATCH.replace("$", outbox), range.low(), range.high(), from.epoch(), from.snapshot(), target, limit)
                .forEach(row -> events.add(event(outbox, row)));
        return events;
    }

    /// How many events a window may have, up to a limit in each outbox.
    long count(List<String> outboxes, FeedCursor from, String target, int limit) {
        Object[] values = outboxes.stream()
                .flatMap(_ -> Stream.of(from.epoch(), from.snapshot(), target, from.epoch(), from.snapshot(), limit))
                .toArray();
        return sql.fetchSingle("select " + joined(outboxes, COUNT, " + "), values)
                .get(0, Long.class);
    }

    /// All events of a window.
    List<DeliveredEvent> between(List<String> outboxes, FeedCursor from, String target) {
        List<DeliveredEvent> events = new ArrayList<>();
        for (String outbox : outboxes) {
            sql.fetch(
                            WINDOW.replace("$", outbox),
                            from.epoch(),
                            from.snapshot(),
                            target,
                            from.epoch(),
                            from.snapshot(),
                            target)
                    .forEach(row -> events.add(event(outbox, row)));
        }
        return events;
    }

    private static DeliveredEvent event(String outbox, Record row) {
        return new DeliveredEvent(
                outbox,
                row.get("seq", Long.class),
                row.get("id", UUID.class),
                row.get("type", String.class),
                row.get("schema", Integer.class),
                row.get("aggregate_type", String.class),
                row.get("aggregate_id", UUID.class),
                row.get("actor", UUID.class),
                row.get("occurred_at", OffsetDateTime.class).toInstant(),
                row.get("trace", String.class),
                row.get("payload", String.class));
    }

    private static String joined(List<String> outboxes, String each, String by) {
        return outboxes.stream().map(outbox -> each.replace("$", outbox)).collect(Collectors.joining(by));
    }
}
