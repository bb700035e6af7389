package tarn.platform.event;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Writes one `….snapshot` event per existing row after an upgrade, in transactions of 500 rows;
/// resumes after an interruption.
public final class SnapshotEvents {

    /// Rows per transaction.
    static final int SLICE = 500;

    private static final Field<Integer> STEP = DSL.field(DSL.name("step"), SQLDataType.INTEGER);
    private static final Field<UUID> AFTER = DSL.field(DSL.name("after_id"), SQLDataType.UUID);
    private static final Field<UUID> AFTER_PART = DSL.field(DSL.name("after_part"), SQLDataType.UUID);

    private final DSLContext sql;
    private final Table<?> progress;
    private final Outbox outbox;
    private final List<EventRows> all;

    SnapshotEvents(DSLContext sql, String schema, Outbox outbox, List<EventRows> all) {
        this.sql = sql;
        this.progress = DSL.table(DSL.name(schema, "outbox_snapshot"));
        this.outbox = outbox;
        this.all = List.copyOf(all);
    }

    /// Writes the remaining snapshot events; returns at once when another process is doing so.
    public void write() {
        while (QuarkusTransaction.requiringNew().call(this::slice)) {
            // The next one.
        }
    }

    /// Writes one slice; returns whether more may follow.
    private boolean slice() {
        Record at = sql.select(STEP, AFTER, AFTER_PART)
                .from(progress)
                .forUpdate()
                .skipLocked()
                .fetchOne();
        if (at == null) {
            return false;
        }
        if (at.get(STEP) == all.size()) {
            sql.deleteFrom(progress).execute();
            return false;
        }
        EventRows rows = all.get(at.get(STEP));
        List<Event> events = locked(rows, at.get(AFTER), at.get(AFTER_PART));
        outbox.append(rows, events);
        boolean last = events.size() < SLICE;
        sql.update(progress)
                .set(STEP, last ? at.get(STEP) + 1 : at.get(STEP))
                .set(AFTER, last ? null : events.getLast().id())
                .set(AFTER_PART, last ? null : events.getLast().part())
                .execute();
        return true;
    }

    /// Locks the rows first, so that the statement that computes their events sees the last change.
    private List<Event> locked(EventRows rows, @Nullable UUID after, @Nullable UUID afterPart) {
        Field<UUID> id = rows.id();
        Field<UUID> part = rows.part();
        Condition later = after == null
                ? DSL.noCondition()
                : part == null
                        ? id.gt(after)
                        : DSL.row(id, part).gt(DSL.row(DSL.val(after), DSL.val(afterPart, SQLDataType.UUID)));
        String type = rows.aggregate() + ".snapshot";
        List<Event> events = new ArrayList<>();
        sql.select(id, part == null ? id : part)
                .from(rows.table())
                .where(later.and(rows.visible()))
                .orderBy(id, part == null ? id : part)
                .limit(SLICE)
                .forNoKeyUpdate()
                .fetch()
                .forEach(row -> events.add(
                        new Event(type, row.value1(), part == null ? null : row.value2(), null, null, Map.of())));
        return events;
    }
}
