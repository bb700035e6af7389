package tarn.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.testing.TestDatabase;

final class KeysetTest {

    private static final Table<?> THING = DSL.table(DSL.name("thing"));
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<String> NAME = DSL.field(DSL.name("name"), SQLDataType.CLOB);
    private static final Field<Integer> RANK = DSL.field(DSL.name("rank"), SQLDataType.INTEGER);
    private static final Field<Instant> AT = DSL.field(DSL.name("at"), SQLDataType.INSTANT);
    private static final Field<BigDecimal> AMOUNT = DSL.field(DSL.name("amount"), SQLDataType.NUMERIC);
    private static final Map<String, Field<?>> SORTABLE =
            Map.of("name", NAME, "rank", RANK, "at", AT, "amount", AMOUNT);

    /// Text that a separator, an encoding or a comparison could stumble over.
    private static final List<String> NAMES =
            List.of("a", "b", "", "Ä", "🏔", "x\u001fy", "x.y", "'; --", "\\", "null");

    private static Connection connection;
    private static DSLContext sql;

    @BeforeAll
    static void connect() throws SQLException {
        connection = TestDatabase.connect(TestDatabase.empty("keyset"));
        sql = DSL.using(connection, SQLDialect.POSTGRES);
        sql.execute("create table thing (id uuid primary key, name text not null, rank integer not null,"
                + " at timestamptz not null, amount numeric not null)");
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    /// Few values and many rows: most sort values are shared.
    @BeforeEach
    void fill() {
        sql.deleteFrom(THING).execute();
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            insert(
                    new UUID(random.nextLong(), random.nextLong()),
                    NAMES.get(random.nextInt(NAMES.size())),
                    random.nextInt(3),
                    random.nextInt(4));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name", "-name", "rank", "-rank,name", "rank,-at", "-at,rank,-amount", "amount,-name,rank,at"})
    void givesEveryRowOnceInOrder(String sort) {
        List<UUID> expected = sql.select(ID).from(THING).orderBy(order(sort)).fetch(ID);

        assertThat(walk(sort, 7, () -> {})).isEqualTo(expected);
        assertThat(walk(sort, 100, () -> {})).isEqualTo(expected);
        assertThat(walk(sort, 60, () -> {})).isEqualTo(expected);
    }

    @Test
    void neitherSkipsNorRepeatsWhenRowsComeAndGo() {
        List<UUID> before = sql.select(ID).from(THING).orderBy(RANK, ID).fetch(ID);
        UUID gone = before.get(9);
        boolean[] changed = new boolean[1];

        List<UUID> seen = walk("rank", 10, () -> {
            if (!changed[0]) {
                changed[0] = true;
                sql.deleteFrom(THING).where(ID.eq(gone)).execute();
                insert(new UUID(0, 1), "first of all", -1, 0);
                insert(new UUID(0, 2), "last of all", 9, 0);
            }
        });

        List<UUID> expected = new ArrayList<>(before);
        expected.add(new UUID(0, 2));
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void endsWithoutACursor() {
        sql.deleteFrom(THING).execute();

        Page<UUID> page = page("rank", null, 5);

        assertThat(page.items()).isEmpty();
        assertThat(page.nextCursor()).isNull();
        assertThat(page.itemCursors()).isEmpty();
    }

    @Test
    void givesFiftyWhenNotAskedForMore() {
        assertThat(page("rank", null, null).items()).hasSize(Keyset.DEFAULT_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void refusesALimitItDoesNotGive(int limit) {
        assertRefused("rank", null, limit, "?limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "size", "rank,", "rank,-rank", "--rank", "Rank", "rank name"})
    void refusesASortItDoesNotKnow(String sort) {
        assertRefused(sort, null, 5, "?sort");
    }

    @Test
    void refusesTheCursorOfAnotherSort() {
        String cursor = page("rank", null, 5).nextCursor();

        assertRefused("-rank", cursor, 5, "?cursor");
        assertRefused("name", cursor, 5, "?cursor");
    }

    @Test
    void refusesWhatIsNoCursor() {
        String id = UUID.randomUUID().toString();
        for (String cursor : List.of(
                "",
                ".",
                "nonsense!",
                "Zm9v",
                cursor("rank"),
                cursor("rank", "1"),
                cursor("rank", "one", id),
                cursor("rank", "1", "no id"),
                cursor("rank", "99999999999", id),
                cursor("rank", "1\0", id),
                cursor("rank", "1", id, id))) {
            assertRefused("rank", cursor, 5, "?cursor");
        }
    }

    @Test
    void maps() {
        assertThat(new Page<>(List.of(1, 2), "next").map(number -> "n" + number))
                .isEqualTo(new Page<>(List.of("n1", "n2"), "next"));
    }

    private static void assertRefused(String sort, @Nullable String cursor, @Nullable Integer limit, String place) {
        assertThatThrownBy(() -> page(sort, cursor, limit))
                .isInstanceOfSatisfying(
                        Refusal.Malformed.class,
                        refusal -> assertThat(refusal.fieldErrors().getFirst().pointer())
                                .isEqualTo(place));
    }

    private static List<UUID> walk(String sort, int limit, Runnable between) {
        List<UUID> seen = new ArrayList<>();
        Page<UUID> page = page(sort, null, limit);
        while (true) {
            seen.addAll(page.items());
            if (page.nextCursor() == null) {
                return seen;
            }
            assertThat(page.items()).hasSize(limit);
            between.run();
            page = page(sort, page.nextCursor(), limit);
        }
    }

    private static Page<UUID> page(String sort, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, ID, sort, cursor, limit);
        return keyset.page(
                sql.select(ID).select(keyset.fields()).from(THING).where(DSL.noCondition()), row -> row.get(ID));
    }

    private static List<SortField<?>> order(String sort) {
        List<SortField<?>> order = new ArrayList<>();
        boolean down = false;
        for (String part : sort.split(",", -1)) {
            down = part.startsWith("-");
            Field<?> field = Objects.requireNonNull(SORTABLE.get(down ? part.substring(1) : part));
            order.add(down ? field.desc() : field.asc());
        }
        order.add(down ? ID.desc() : ID.asc());
        return order;
    }

    private static void insert(UUID id, String name, int rank, int minute) {
        sql.insertInto(THING, ID, NAME, RANK, AT, AMOUNT)
                .values(
                        id,
                        name,
                        rank,
                        Instant.parse("2026-01-31T12:00:00.123456Z").plusSeconds(60L * minute),
                        new BigDecimal("0.1").multiply(BigDecimal.valueOf(minute)))
                .execute();
    }

    private static String cursor(String... parts) {
        return String.join(
                ".",
                Arrays.stream(parts)
                        .map(part -> Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }
}
