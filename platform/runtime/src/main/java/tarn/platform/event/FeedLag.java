package tarn.platform.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jooq.DSLContext;

/// Counts the events that a consumer has not handled yet: in each outbox at most 100,000 of the
/// cursor's epoch, and as many of later ones.
final class FeedLag {

    /// The most that is counted in an outbox.
    static final int MAX = 100_000;

    /// Of an outbox, what is not visible in the cursor's snapshot; of the window being read, only
    /// what comes after `seq`. The range of `tx` has two ends, so that generic plans use the index.
    private static final String COUNT = """
            (select count(*) from (
                select from $.outbox
                where epoch = ? and tx >= pg_snapshot_xmin(?::pg_snapshot)
                    and tx < pg_snapshot_xmax(pg_current_snapshot())
                    and not pg_visible_in_snapshot(tx, ?::pg_snapshot)
                    and (seq > ? or not pg_visible_in_snapshot(tx, ?::pg_snapshot))
                limit ?) as waiting)
            + (select count(*) from (select from $.outbox where epoch > ? limit ?) as later)""";

    private final DSLContext sql;

    FeedLag(DSLContext sql) {
        this.sql = sql;
    }

    /// @param outboxes in the order in which they are read
    long count(List<String> outboxes, FeedCursor at) {
        if (outboxes.isEmpty()) {
            return 0;
        }
        String target = at.target() == null ? at.snapshot() : at.target();
        int reading = at.outbox() == null ? -1 : outboxes.indexOf(at.outbox());
        List<String> terms = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < outboxes.size(); i++) {
            // Those before the one being read are finished for this window.
            long seq = i < reading ? Long.MAX_VALUE : i == reading ? at.seq() : 0;
            terms.add(COUNT.replace("$", outboxes.get(i)));
            Collections.addAll(values, at.epoch(), at.snapshot(), at.snapshot(), seq, target, MAX, at.epoch(), MAX);
        }
        return sql.fetchSingle("select " + String.join(" + ", terms), values.toArray())
                .get(0, Long.class);
    }
}
