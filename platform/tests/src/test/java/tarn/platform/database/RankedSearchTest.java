package tarn.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.platform.search.SearchQuery;
import tarn.testing.TestDatabase;

final class RankedSearchTest {

    private static final long SEED = 20_261;
    private static final int ROWS = 600;
    private static final Table<?> TREE = DSL.table(DSL.name("tree"));
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Condition OPEN = DSL.condition(DSL.field(DSL.name("open"), SQLDataType.BOOLEAN));
    private static final Condition VISIBLE = DSL.condition(DSL.field(DSL.name("visible"), SQLDataType.BOOLEAN));
    private static final SearchColumn SEARCH = SearchColumn.of(TREE);

    private static Connection connection;
    private static DSLContext sql;

    @BeforeAll
    static void plant() throws SQLException {
        connection = TestDatabase.connect(TestDatabase.empty("ranked_search"));
        sql = DSL.using(connection, SQLDialect.POSTGRES);
        sql.execute("create table tree (id uuid primary key, open boolean not null, visible boolean not null,"
                + " search tsvector not null)");
        sql.execute("create index on tree using gin (search)");
        sql.execute("create index on tree using gin (ts_filter(search, '{a}'))");
        Random random = new Random(SEED);
        for (int i = 1; i <= ROWS; i++) {
            Map<Field<?>, @Nullable Object> row = new HashMap<>();
            row.put(ID, new UUID(i, random.nextLong()));
            row.put(DSL.field(DSL.name("open")), random.nextInt(3) > 0);
            row.put(DSL.field(DSL.name("visible")), random.nextInt(8) > 0);
            // What is old is never named again.
            String old = i < ROWS / 3 ? " maple" + i % 9 : "";
            SEARCH.put(row, word(random) + ' ' + word(random), word(random) + ' ' + word(random) + old);
            sql.insertInto(TREE).set(row).execute();
        }
        sql.execute("analyze tree");
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    /// Some of the words are beginnings of others.
    private static String word(Random random) {
        List<String> trees = List.of("oak", "oaken", "elm", "elms", "fir", "firm", "ash", "ashen");
        return trees.get(random.nextInt(trees.size())) + (random.nextInt(4) > 0 ? "" + random.nextInt(20) : "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"oak", "oaken1", "oak7", "elm el", "oak7 el", "ash fi", "maple1", "maple", "firm oaken", "beech"
            })
    void findsTheSameInTheSameOrderAsIfAllWereRanked(String text) {
        SearchQuery query = SearchQuery.of(text);
        List<UUID> all = sql.select(ID)
                .from(TREE)
                .where(SEARCH.matches(query), VISIBLE)
                .orderBy(SEARCH.rank(query).desc(), DSL.field(OPEN).desc(), ID.desc())
                .fetch(ID);
        List<UUID> withoutPreferred = sql.select(ID)
                .from(TREE)
                .where(SEARCH.matches(query), VISIBLE)
                .orderBy(SEARCH.rank(query).desc(), ID.desc())
                .fetch(ID);

        for (int newest : List.of(0, 1, 8, ROWS)) {
            RankedSearch preferring = new RankedSearch(TREE, ID, OPEN, newest);
            RankedSearch plain = new RankedSearch(TREE, ID, null, newest);
            for (int limit : List.of(1, 5, 20, ROWS)) {
                assertThat(preferring.best(sql, query, VISIBLE, limit))
                        .as("%d of %s, newest %d", limit, text, newest)
                        .isEqualTo(new RankedSearch.BestRows(
                                all.stream().limit(limit).toList(), false));
                assertThat(plain.best(sql, query, VISIBLE, limit).ids())
                        .isEqualTo(withoutPreferred.stream().limit(limit).toList());
            }
        }
        assertThat(all.isEmpty()).isEqualTo(text.equals("beech"));
    }
}
