package tarn.platform.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import tarn.platform.http.Page;

/// A list whose SQL is rendered once for each shape of its filter and paging, and whose rows are read without making
/// records of them. At most 500 shapes are kept.
public final class RenderedList<T> {

    private static final int MAX_SHAPES = 500;

    private record Shape(Object filter, Object keyset) {}

    private record Row<T>(T item, boolean isLong, List<String> keys) {}

    private final DSLContext sql;
    private final List<? extends Field<?>> columns;
    private final LongTexts<?> texts;
    private final Function<RowReader, T> mapper;
    private final Map<Shape, RenderedQuery> queries = new ConcurrentHashMap<>();

    /// @param columns what the queries select before [Keyset#fields]: [LongTexts#in] of the mapper's
    /// @param mapper reads the columns but the last one, which is the size of the texts
    public RenderedList(
            DSLContext sql, List<? extends Field<?>> columns, LongTexts<?> texts, Function<RowReader, T> mapper) {
        this.sql = sql;
        this.columns = columns;
        this.texts = texts;
        this.mapper = mapper;
    }

    /// One page; empty when some of its texts are long, or it is sorted in two directions: such pages are for
    /// [Keyset] itself.
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
        List<Row<T>> rows = Keyset.sought(() -> rendered.read(row -> row(row, keyset), all.toArray()));
        return rows.stream().anyMatch(Row::isLong)
                ? Optional.empty()
                : Optional.of(keyset.page(
                        rows.stream().map(Row::item).toList(),
                        rows.stream().map(Row::keys).toList()));
    }

    private Row<T> row(RowReader row, Keyset keyset) {
        return new Row<>(
                mapper.apply(row),
                texts.isLong(row),
                keyset.fields().stream().map(row::next).toList());
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
