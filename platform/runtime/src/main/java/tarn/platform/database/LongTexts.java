package tarn.platform.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import tarn.platform.problem.Refusal;

/// Bounds the bytes of a page: texts of at most 2 KiB a row are read with the list, longer ones in
/// a second query until the page holds 1 MiB.
///
/// @param <K> type of the column that identifies a row
public final class LongTexts<K> {

    /// Bytes of all text columns of a row up to which they are read with the list.
    private static final int SHORT = 2 * 1024;

    /// Bytes of all text columns of a page; the first row is returned whatever its size.
    static final int MAX_PAGE = 1024 * 1024;

    private final Table<?> table;
    private final Field<K> id;
    private final List<Field<String>> texts;
    private final Field<Integer> size;
    private final List<Field<String>> columns;

    private LongTexts(Table<?> table, Field<K> id, List<Field<String>> texts) {
        this.table = table;
        this.id = id;
        this.texts = texts;
        Field<Integer> bytes = texts.stream()
                .map(text -> DSL.coalesce(DSL.octetLength(text), DSL.inline(0)))
                .reduce(Field::plus)
                .orElseThrow();
        this.size = bytes.as("long_texts_size");
        this.columns = texts.stream()
                .map(text -> DSL.when(bytes.le(DSL.inline(SHORT)), text).as(text.getName()))
                .toList();
    }

    /// @param id unique among the rows of a list
    /// @param texts never null
    public static <K> LongTexts<K> of(Table<?> table, Field<K> id, List<Field<String>> texts) {
        return new LongTexts<>(table, id, texts);
    }

    /// The columns that a list selects: those given, in their order, then the size of the texts.
    public List<Field<?>> in(List<? extends Field<?>> selected) {
        List<Field<?>> all = new ArrayList<>();
        for (Field<?> field : selected) {
            int place = texts.indexOf(field);
            all.add(place < 0 ? field : columns.get(place));
        }
        all.add(size);
        return all;
    }

    /// Limits the texts of many lists read at once to four pages, 4 MiB.
    ///
    /// @throws Refusal.TooLarge when they are more
    public void requireRoom(Collection<? extends Record> rows) {
        if (rows.stream().mapToLong(row -> row.get(size)).sum() > 4L * MAX_PAGE) {
            throw new Refusal.TooLarge("The texts are too large to be read at once. Ask for fewer.");
        }
    }

    /// The size of a row's texts, its next field.
    int size(RowReader row) {
        return row.next(size);
    }

    /// Whether texts of this size are to be read afterwards.
    static boolean isLong(int size) {
        return size > SHORT;
    }

    /// The leading rows that fit into one page.
    <R extends Record> List<R> fitting(List<R> rows) {
        return fitting(rows, row -> row.get(size));
    }

    /// The leading rows that fit into one page.
    <R> List<R> fitting(List<R> rows, ToIntFunction<R> sizes) {
        long total = 0;
        for (int i = 0; i < rows.size(); i++) {
            total += sizes.applyAsInt(rows.get(i));
            if (i > 0 && total > MAX_PAGE) {
                return rows.subList(0, i);
            }
        }
        return rows;
    }

    /// Loads the long texts of these rows. A row deleted meanwhile keeps the empty text.
    void load(DSLContext sql, List<? extends Record> rows, Condition of) {
        List<? extends Record> those =
                rows.stream().filter(row -> isLong(row.get(size))).toList();
        Map<K, List<String>> found =
                find(sql, those.stream().map(row -> row.get(id)).toList(), of);
        for (Record row : those) {
            List<String> whole = found.get(row.get(id));
            for (int i = 0; i < texts.size(); i++) {
                row.set(columns.get(i), whole == null ? "" : whole.get(i));
            }
        }
    }

    /// The texts of rows that there still are.
    Map<K, List<String>> find(DSLContext sql, List<K> ids, Condition of) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return sql.select(texts)
                .select(id)
                .from(table)
                .where(of, id.in(ids))
                .fetchMap(id, row -> texts.stream().map(row::get).toList());
    }
}
