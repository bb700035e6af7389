package tarn.platform.database;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

/// Keyset pagination: a page starts after the sort keys of the last row seen, so that concurrent
/// inserts and deletes neither skip nor repeat rows.
///
/// The cursor encodes the sort and those keys; it is neither secret nor stable across releases.
public final class Keyset {

    /// Page size when the client sends none.
    public static final int DEFAULT_LIMIT = 50;

    /// Largest page size.
    public static final int MAX_LIMIT = 100;

    /// Not in the base64 alphabet, and so safe between encoded keys.
    private static final String SEPARATOR = ".";

    private final String sort;
    private final List<Field<?>> keys;
    private final List<Boolean> descending;
    private final List<Field<String>> keyTexts;
    private final @Nullable List<String> after;
    private final int limit;

    private Keyset(
            String sort, List<Field<?>> keys, List<Boolean> descending, @Nullable List<String> after, int limit) {
        this.sort = sort;
        this.keys = keys;
        this.descending = descending;
        this.after = after;
        this.limit = limit;
        this.keyTexts = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            keyTexts.add(keys.get(i).cast(SQLDataType.CLOB).as("key_" + i));
        }
    }

    /// @param sortable sort columns by their names in the contract; never null
    /// @param id the unique column that decides between equals
    /// @param sort as in `-due,priority`; a leading dash is descending
    /// @throws Refusal.Malformed when sort, cursor or limit cannot be understood
    public static Keyset of(
            Map<String, Field<?>> sortable,
            Field<?> id,
            String sort,
            @Nullable String cursor,
            @Nullable Integer limit) {
        int most = limit == null ? DEFAULT_LIMIT : limit;
        if (most < 1 || most > MAX_LIMIT) {
            throw malformed("?limit", "Must be from 1 to " + MAX_LIMIT + ".");
        }
        List<Field<?>> keys = new ArrayList<>();
        List<Boolean> descending = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (String part : sort.split(",", -1)) {
            boolean down = part.startsWith("-");
            String name = down ? part.substring(1) : part;
            Field<?> key = sortable.get(name);
            if (key == null || !seen.add(name)) {
                throw malformed(
                        "?sort",
                        "Must be some of "
                                + String.join(
                                        ", ",
                                        sortable.keySet().stream().sorted().toList())
                                + ", each once, each with - before it for descending.");
            }
            keys.add(key);
            descending.add(down);
        }
        keys.add(id);
        descending.add(descending.getLast());
        return new Keyset(sort, keys, descending, cursor == null ? null : decode(sort, keys.size(), cursor), most);
    }

    /// Columns to select beside the list's own.
    public List<Field<String>> fields() {
        return keyTexts;
    }

    /// Runs the query for one page.
    public <T> Page<T> page(SelectConditionStep<? extends Record> query, Function<Record, T> shape) {
        return page(rows(query), shape);
    }

    /// Runs the query for one page, which ends early when its long texts exceed their limit.
    ///
    /// @param query selects the columns of [LongTexts#in]
    /// @param of condition for the rows of the table of long texts that belong to the list, where
    /// their ids do not suffice
    public <T> Page<T> page(
            DSLContext sql,
            SelectConditionStep<? extends Record> query,
            LongTexts<?> texts,
            Condition of,
            Function<Record, T> shape) {
        return page(sql, rows(query), texts, of, shape);
    }

    /// A part of a list that an index can sort, for a list whose sort key has no index of its own.
    ///
    /// @param rows the rows of the list in this part
    /// @param column the index's column; null when the sort key is the same for all rows
    /// @param bound narrows the column; the sort keys themselves select the following rows
    public record SortPart(Condition rows, @Nullable Field<?> column, Bound bound) {}

    /// Computes from the last sort key which values of a part's column can follow.
    @FunctionalInterface
    public interface Bound {

        /// @param key the first sort key of the last row of the previous page, as text
        Condition following(String key, boolean descending);
    }

    /// Runs the query once per part and merges the results into one page by the first sort key, an
    /// integer.
    ///
    /// @param query a new one for each call
    /// @param parts in groups, where all rows of one group precede those of the next
    public <T> Page<T> page(
            DSLContext sql,
            Supplier<SelectConditionStep<Record>> query,
            List<List<SortPart>> parts,
            LongTexts<?> texts,
            Condition of,
            Function<Record, T> shape) {
        boolean down = descending.getFirst();
        List<Record> rows = new ArrayList<>();
        for (List<SortPart> group : down ? parts.reversed() : parts) {
            if (rows.size() <= limit) {
                group.forEach(part ->
                        rows.addAll(sought(() -> select(query.get(), part).fetch())));
            }
        }
        Comparator<Record> byKey = Comparator.comparingLong(row -> Long.parseLong(row.get(keyTexts.getFirst())));
        rows.sort(down ? byKey.reversed() : byKey);
        return page(sql, rows.subList(0, Math.min(rows.size(), limit + 1)), texts, of, shape);
    }

    /// The query for the rows of a part that a page may have.
    public Select<Record> select(SelectConditionStep<Record> query, SortPart part) {
        boolean down = descending.getFirst();
        List<SortField<?>> order = new ArrayList<>(order());
        Field<?> column = part.column();
        if (column == null) {
            order.removeFirst();
        } else {
            order.set(0, down ? column.desc() : column.asc());
        }
        Condition following = after == null
                ? DSL.noCondition()
                : part.bound().following(after.getFirst(), down).and(following(after));
        return query.and(part.rows()).and(following).orderBy(order).limit(most());
    }

    /// The condition for rows after these sort keys.
    private Condition following(List<String> values) {
        Condition following = DSL.falseCondition();
        for (int i = keys.size() - 1; i >= 0; i--) {
            following = following(keys.get(i), values.get(i), descending.get(i), following);
        }
        return following;
    }

    private static <K> Condition following(Field<K> key, String text, boolean descending, Condition whenEqual) {
        Field<K> value = DSL.val(text).cast(key.getDataType());
        return (descending ? key.lt(value) : key.gt(value)).or(key.eq(value).and(whenEqual));
    }

    static <T> T sought(Supplier<T> query) {
        try {
            return query.get();
        } catch (DataAccessException failure) {
            if (failure.sqlState().startsWith("22")) {
                throw foreignCursor();
            }
            throw failure;
        }
    }

    /// The page of rows fetched with [#fields], in [#order], at most [#most], with their long
    /// texts.
    public <T> Page<T> page(
            DSLContext sql, List<? extends Record> rows, LongTexts<?> texts, Condition of, Function<Record, T> shape) {
        List<? extends Record> fitting = texts.fitting(rows.subList(0, Math.min(rows.size(), limit)));
        texts.load(sql, fitting, of);
        return page(fitting.stream().<T>map(shape).toList(), keysOf(fitting), fitting.size() < rows.size());
    }

    private List<? extends Record> rows(SelectConditionStep<? extends Record> query) {
        return sought(() -> select(query).fetch());
    }

    /// The query for one page.
    Select<? extends Record> select(SelectConditionStep<? extends Record> query) {
        if (after == null) {
            return query.orderBy(order()).limit(most());
        }
        List<Field<?>> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            values.add(DSL.val(after.get(i)).cast(keys.get(i).getDataType()));
        }
        return query.orderBy(order()).seekAfter(values.toArray(Field<?>[]::new)).limit(most());
    }

    /// What the SQL of a page depends on, besides the rows of the list.
    Object shape() {
        return List.of(sort, limit, after == null);
    }

    /// Whether all keys sort in the same direction, so that each value of [#after] occurs once in the query.
    boolean isOneWay() {
        return Set.copyOf(descending).size() == 1;
    }

    /// The keys of the last row of the page before, as text; empty at the beginning.
    List<String> after() {
        return after == null ? List.of() : after;
    }

    /// How many rows a page has at most.
    int limit() {
        return limit;
    }

    /// The page of these items.
    ///
    /// @param keys of the row of each by its position, as [#fields] give them
    /// @param more whether rows follow
    <T> Page<T> page(List<T> items, IntFunction<List<String>> keys, boolean more) {
        IntFunction<String> cursors = position -> encode(keys.apply(position));
        return new Page<>(items, more ? cursors.apply(items.size() - 1) : null, cursors);
    }

    private IntFunction<List<String>> keysOf(List<? extends Record> rows) {
        return position -> keyTexts.stream().map(rows.get(position)::get).toList();
    }

    /// The order of the list, for a query that fetches the first pages of several lists.
    public List<SortField<?>> order() {
        List<SortField<?>> order = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            order.add(descending.get(i) ? keys.get(i).desc() : keys.get(i).asc());
        }
        return order;
    }

    /// The number of rows such a query fetches per list: one more than the page, to detect a next
    /// page.
    public Param<Integer> most() {
        // Written out, so that the planner knows how few rows are wanted whenever it plans.
        return DSL.inline(limit + 1);
    }

    /// The page of rows fetched with [#fields], in [#order], at most [#most].
    public <T> Page<T> page(List<? extends Record> rows, Function<Record, T> shape) {
        List<? extends Record> fitting = rows.subList(0, Math.min(rows.size(), limit));
        return page(fitting.stream().<T>map(shape).toList(), keysOf(fitting), rows.size() > limit);
    }

    private String encode(List<String> last) {
        return Stream.concat(Stream.of(sort), last.stream())
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(SEPARATOR));
    }

    private static List<String> decode(String sort, int keys, String cursor) {
        List<String> parts = new ArrayList<>();
        try {
            for (String part : cursor.split(Pattern.quote(SEPARATOR), -1)) {
                parts.add(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException malformed) {
            throw foreignCursor();
        }
        if (parts.size() != keys + 1
                || !parts.getFirst().equals(sort)
                || parts.stream().anyMatch(part -> part.indexOf('\0') >= 0)) {
            throw foreignCursor();
        }
        return parts.subList(1, parts.size());
    }

    private static Refusal foreignCursor() {
        return malformed("?cursor", "Is not a cursor of this list and sort.");
    }

    private static Refusal malformed(String place, String detail) {
        return new Refusal.Malformed(
                "invalid", "A parameter cannot be understood.", new Problem.FieldError(place, "invalid", detail));
    }
}
