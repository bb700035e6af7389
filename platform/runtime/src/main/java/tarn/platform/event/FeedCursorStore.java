package tarn.platform.event;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// SQL access to `feed_cursor`, in the schema of the service that consumes: how far each consumer has
/// read all outboxes. A cursor moves by compare-and-set, so that only one of several readers advances.
final class FeedCursorStore implements FeedCursors {

    private final DSLContext sql;
    private final String table;
    private final Clock clock;

    FeedCursorStore(DSLContext sql, String schema, Clock clock) {
        this.sql = sql;
        this.table = schema + ".feed_cursor";
        this.clock = clock;
    }

    @Override
    public @Nullable FeedCursor of(String consumer) {
        Record row = sql.fetchOne(
                "select epoch, snapshot::text as snapshot, target::text as target, outbox, seq from " + table
                        + " where consumer = ?",
                consumer);
        return row == null ? null : cursor(row);
    }

    private static FeedCursor cursor(Record row) {
        return new FeedCursor(
                row.get("epoch", Integer.class),
                row.get("snapshot", String.class),
                row.get("target", String.class),
                row.get("outbox", String.class),
                row.get("seq", Long.class));
    }

    @Override
    public boolean move(String consumer, FeedCursor before, FeedCursor after) {
        OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        int moved = sql.execute(
                "update " + table + " set epoch = ?, snapshot = ?::pg_snapshot, target = ?::pg_snapshot, outbox = ?,"
                        + " seq = ?, updated_at = ?::timestamptz where consumer = ? and epoch = ? and snapshot::text = ?"
                        + " and target::text is not distinct from ? and outbox is not distinct from ? and seq = ?",
                after.epoch(),
                after.snapshot(),
                after.target(),
                after.outbox(),
                after.seq(),
                now,
                consumer,
                before.epoch(),
                before.snapshot(),
                before.target(),
                before.outbox(),
                before.seq());
        if (moved == 0 && before.equals(FeedCursor.START)) {
            moved = sql.execute(
                    "insert into " + table + " (consumer, epoch, snapshot, target, outbox, seq, updated_at)"
                            + " values (?, ?, ?::pg_snapshot, ?::pg_snapshot, ?, ?, ?::timestamptz) on conflict do nothing",
                    consumer,
                    after.epoch(),
                    after.snapshot(),
                    after.target(),
                    after.outbox(),
                    after.seq(),
                    now);
        }
        return moved == 1;
    }
}
