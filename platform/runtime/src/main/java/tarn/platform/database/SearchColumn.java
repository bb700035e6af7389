package tarn.platform.database;

import java.io.Serial;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Condition;
import org.jooq.Converter;
import org.jooq.Converters;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.AbstractBinding;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import tarn.platform.search.SearchDocument;
import tarn.platform.search.SearchQuery;

/// The column `search` of a table: a `tsvector` of the tokens that [tarn.platform.search.TokenRules]
/// computes when the row is written.
public final class SearchColumn {

    private static final DataType<String> TSVECTOR = SQLDataType.CLOB.asConvertedDataType(new TsvectorBinding());

    /// Size of the pages of a sample.
    private static final int SAMPLE_BYTES = 40 * 8 * 1024;

    /// Rows of a sample that says something.
    private static final int MIN_SAMPLE = 100;

    /// The values of [#rank], best first.
    static final List<Integer> RANKS = List.of(2, 1, 0);

    private final Field<String> column;

    private SearchColumn(Field<String> column) {
        this.column = column;
    }

    /// The column of a table.
    public static SearchColumn of(Table<?> table) {
        return new SearchColumn(DSL.field(table.getQualifiedName().append("search"), TSVECTOR));
    }

    /// Adds to a row that is written what it is found by.
    ///
    /// @param title null for none
    public void put(Map<Field<?>, @Nullable Object> row, @Nullable String title, String body) {
        row.put(column, SearchDocument.of(title == null ? "" : title, body));
    }

    /// The column itself.
    public Field<String> field() {
        return column;
    }

    /// The condition that a row has all words of a query.
    public Condition matches(SearchQuery query) {
        return query.isEmpty() ? DSL.falseCondition() : matches(column, query);
    }

    /// The condition that a row matches with this rank. Words of titles are looked up in an index on
    /// `ts_filter(search, '{a}')`.
    Condition matches(SearchQuery query, int rank) {
        Field<String> title = DSL.field("ts_filter({0}, '{a}')", TSVECTOR, column);
        return switch (rank) {
            case 2 -> matches(title, query.tsqueryOfWholeWords());
            case 1 -> matches(title, query).andNot(matches(column, query.tsqueryOfWholeTitle()));
            default -> matches(column, query).andNot(matches(column, query.tsqueryOfTitle()));
        };
    }

    private static Condition matches(Field<String> tokens, SearchQuery query) {
        String rest = query.tsqueryOfRest();
        Condition indexed = matches(tokens, query.tsqueryOfIndex());
        // An index does not look for what "is true".
        return rest == null ? indexed : indexed.and(DSL.condition("({0}) is true", matches(tokens, rest)));
    }

    /// How well a row that matches does: 2 when its title has all words of a query, 1 when the last
    /// of them is only begun there, otherwise 0.
    public Field<Integer> rank(SearchQuery query) {
        return DSL.when(matches(column, query.tsqueryOfWholeTitle()), DSL.inline(2))
                .when(matches(column, query.tsqueryOfTitle()), DSL.inline(1))
                .otherwise(DSL.inline(0));
    }

    /// Whether more than a sixteenth of a table's rows match, in a sample of some forty pages: then
    /// the newest are sooner found row by row, in their order, than by index. Of words that are
    /// only begun the planner does not know how rare they are.
    boolean isCommon(DSLContext sql, Table<?> table, SearchQuery query) {
        return sql.fetchSingle(
                        "select count(*) >= {0} and count(*) filter (where {1}) * 16 > count(*)"
                                + " from {2} tablesample system"
                                + " (least(100, {3} / greatest(pg_relation_size({4}), 1))) repeatable (1)",
                        DSL.inline(MIN_SAMPLE),
                        matches(query),
                        table,
                        DSL.inline(100.0 * SAMPLE_BYTES),
                        DSL.inline(sql.render(table)))
                .get(0, Boolean.class);
    }

    /// Written out, so that the planner knows how rare the words are.
    private static Condition matches(Field<String> tokens, String query) {
        return DSL.condition("{0} @@ {1}::tsquery", tokens, DSL.inline(query));
    }

    private static final class TsvectorBinding extends AbstractBinding<String, String> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Converter<String, String> converter() {
            return Converters.identity(String.class);
        }

        @Override
        protected void sqlBind(BindingSQLContext<String> context) throws SQLException {
            super.sqlBind(context);
            context.render().sql("::tsvector");
        }

        @Override
        public void set(BindingSetStatementContext<String> context) throws SQLException {
            context.statement().setString(context.index(), context.value());
        }

        @Override
        public void get(BindingGetResultSetContext<String> context) throws SQLException {
            context.value(context.resultSet().getString(context.index()));
        }
    }
}
