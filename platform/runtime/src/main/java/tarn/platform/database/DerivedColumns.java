package tarn.platform.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import tarn.platform.CollationKeys;
import tarn.platform.search.TokenRules;

/// Recomputes columns derived from the texts of their row, such as `search`, after their rules have
/// changed: in transactions of 200 rows, resumed after an interruption.
///
/// New and changed rows always have the columns of the current rules.
public final class DerivedColumns {

    /// The columns of one table.
    ///
    /// @param rules version of the rules by which they are computed; asked in the background, since
    /// loading those of collation is slow
    /// @param texts what they are computed from
    /// @param values computes them from the texts
    public record Derivation(
            IntSupplier rules,
            Table<?> table,
            Field<UUID> id,
            List<Field<String>> texts,
            Function<Record, Map<Field<?>, @Nullable Object>> values) {}

    /// Rows per transaction.
    static final int SLICE = 200;

    private static final UUID FIRST = new UUID(0, 0);
    private static final Field<String> NAME = DSL.field(DSL.name("table_name"), SQLDataType.CLOB);
    private static final Field<Integer> RULES = DSL.field(DSL.name("rules"), SQLDataType.INTEGER);
    private static final Field<UUID> AFTER = DSL.field(DSL.name("after_id"), SQLDataType.UUID);

    private final DSLContext sql;
    private final Table<?> progress;
    private final List<Derivation> all;

    /// @param schema the schema of the table `derived_columns`, which has a row for each derivation
    public DerivedColumns(DSLContext sql, String schema, List<Derivation> all) {
        this.sql = sql;
        this.progress = DSL.table(DSL.name(schema, "derived_columns"));
        this.all = List.copyOf(all);
    }

    /// Version of both the rules of search and those of collation.
    public static int searchAndCollation() {
        return 31 * CollationKeys.version() + TokenRules.RULES;
    }

    /// Brings all rows up to date; leaves a table out that another process is working on.
    public void refresh() {
        for (Derivation one : all) {
            while (QuarkusTransaction.requiringNew().call(() -> slice(one))) {
                // The next one.
            }
        }
    }

    /// Writes one slice; returns whether more may follow.
    private boolean slice(Derivation one) {
        Condition own = NAME.eq(one.table().getName());
        Record at = sql.select(RULES, AFTER)
                .from(progress)
                .where(own)
                .forUpdate()
                .skipLocked()
                .fetchOne();
        int rules = one.rules().getAsInt();
        if (at == null || (at.get(RULES) == rules && at.get(AFTER) == null)) {
            return false;
        }
        UUID after = at.get(RULES) == rules ? at.get(AFTER) : FIRST;
        List<? extends Record> rows = sql.select(one.id())
                .select(one.texts())
                .from(one.table())
                .where(one.id().gt(after))
                .orderBy(one.id())
                .limit(SLICE)
                .forNoKeyUpdate()
                .fetch();
        write(one, rows);
        boolean last = rows.size() < SLICE;
        sql.update(progress)
                .set(RULES, rules)
                .set(AFTER, last ? null : rows.getLast().get(one.id()))
                .where(own)
                .execute();
        return !last;
    }

    private void write(Derivation one, List<? extends Record> rows) {
        @Nullable BatchBindStep batch = null;
        for (Record row : rows) {
            Map<Field<?>, @Nullable Object> values = one.values().apply(row);
            UUID id = row.get(one.id());
            if (batch == null) {
                batch = sql.batch(
                        sql.update(one.table()).set(values).where(one.id().eq(id), differs(values)));
            }
            List<@Nullable Object> bound = new ArrayList<>(values.values());
            bound.add(id);
            bound.addAll(values.values());
            batch = batch.bind(bound.toArray());
        }
        if (batch != null) {
            batch.execute();
        }
    }

    /// A row that was written by the present rules is left alone.
    private static Condition differs(Map<Field<?>, @Nullable Object> values) {
        return DSL.or(values.entrySet().stream()
                .map(value -> differs(value.getKey(), value.getValue()))
                .toList());
    }

    private static <T> Condition differs(Field<T> column, @Nullable Object value) {
        return column.isDistinctFrom(DSL.val(value, column));
    }
}
