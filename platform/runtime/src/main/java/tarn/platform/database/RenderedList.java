package tarn.platform.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import tarn.platform.http.Page;

/// A list whose SQL is rendered once for each shape of its filter and paging, and whose rows are
/// read without making records of them. At most 500 shapes are kept.
public final class RenderedList<T, K> {

    private static final int MAX_SHAPES = 500;

    private record Shape(Object filter, Object keyset) {}

    private record ListRow<T>(T item, int size, List<String> keys) {}

    private final DSLContext sql;
    private final List<? extends Field<?>> columns;
    private final LongTexts<K> texts;
    private final Function<RowReader, T> mapper;
    private final Function<T, K> id;
    private final BiFunction<T, List<String>, T> withTexts;
    private final Map<Shape, RenderedQuery> queries = new ConcurrentHashMap<>();

    /// @param columns what the queries select before [Keyset#fields]: [LongTexts#in] of the mapper's
    /// @param mapper reads the columns but the last one, which is the size of the texts
    /// @param id of an item, by which its long texts are found
    /// @param withTexts an item with its long texts, of which there are none when it is gone
    public RenderedList(
            DSLContext sql,
            List<? extends Field<?>> columns,
            LongTexts<K> texts,
            Function<RowReader, T> mapper,
            Function<T, K> id,
            BiFunction<T, List<String>, T> withTexts) {
        this.sql = sql;
        this.columns = columns;
        this.texts = texts;
        this.mapper = mapper;
        this.id = id;
        this.withTexts = withTexts;
    }

    /// One page; empty when it is sorted in two directions: such pages are for [Keyset] itself.
    ///
    /// @param filter what the SQL depends on; has equals
    /// @param values of the query's parameters, in their order
    /// @param query with any values of the same shape
    public Optional<Page<T>> page(
            Keyset keyset, Object filter, List<?> values, Supplier<SelectConditionStep<Record>> query) {
        if (!keyset.isOneWay()) {
            return Optional.empty();
        }
        List<Object> all = new ArrayList<>(values);
        all.addAll(keyset.after());
        RenderedQuery rendered = rendered(keyset, filter, query);
        List<ListRow<T>> rows = Keyset.sought(() -> rendered.read(row -> row(row, keyset), all.toArray()));
        List<ListRow<T>> fitting = texts.fitting(rows.subList(0, Math.min(rows.size(), keyset.limit())), ListRow::size);
        return Optional.of(
                keyset.page(items(fitting), position -> fitting.get(position).keys(), fitting.size() < rows.size()));
    }

    private ListRow<T> row(RowReader row, Keyset keyset) {
        return new ListRow<>(
                mapper.apply(row),
                texts.size(row),
                keyset.fields().stream().map(row::next).toList());
    }

    /// An item that is gone before its long texts are read has empty ones.
    private List<T> items(List<ListRow<T>> rows) {
        List<K> those = rows.stream()
                .filter(row -> LongTexts.isLong(row.size()))
                .map(row -> id.apply(row.item()))
                .toList();
        Map<K, List<String>> found = texts.find(sql, those, DSL.noCondition());
        List<T> items = new ArrayList<>(rows.size());
        for (ListRow<T> row : rows) {
            T item = row.item();
            items.add(
                    LongTexts.isLong(row.size())
                            ? withTexts.apply(item, found.getOrDefault(id.apply(item), List.of()))
                            : item);
        }
        return items;
    }

    private RenderedQuery rendered(Keyset keyset, Object filter, Supplier<SelectConditionStep<Record>> query) {
        Shape shape = new Shape(filter, keyset.shape());
        RenderedQuery known = queries.get(shape);
        if (known != null) {
            return known;
        }
        List<Field<?>> fields = new ArrayList<>(columns);
        fields.addAll(keyset.fields());
        RenderedQuery rendered = new RenderedQuery(sql, fields, keyset.select(query.get()));
        if (queries.size() < MAX_SHAPES) {
            queries.put(shape, rendered);
        }
        return rendered;
    }
}
