package tarn.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import tarn.testing.TestDatabase;

final class RenderedQueryTest {

    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<Instant> AT = DSL.field(DSL.name("at"), SQLDataType.INSTANT);

    @Test
    void answersForEachOfItsValues() throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.empty("rendered"))) {
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            sql.execute("create table thing (id uuid primary key, kind text not null, at timestamptz not null)");
            UUID one = new UUID(1, 1);
            Instant timestamp = Instant.parse("2026-01-31T12:00:00Z");
            sql.execute("insert into thing values (?, 'seen', ?::timestamptz)", one, timestamp.toString());
            RenderedQuery query = new RenderedQuery(
                    sql,
                    List.of(AT),
                    sql.select(AT)
                            .from("thing")
                            .where(
                                    DSL.field("kind", String.class).eq(DSL.inline("seen")),
                                    ID.eq(DSL.param("id", UUID.class))));

            assertThat(query.fetchOptional(row -> row.get(AT), one)).contains(timestamp);
            assertThat(query.fetchOptional(row -> row.get(AT), new UUID(2, 2))).isEqualTo(Optional.empty());
            assertThatThrownBy(() -> query.fetchOptional(row -> row.get(AT), one, "more"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void takesManyIdsAndReadsInTheOrderSelected() throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.empty("rendered_many"))) {
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            Field<Integer> ordinal = DSL.field(DSL.name("n"), SQLDataType.INTEGER);
            RenderedQuery query = new RenderedQuery(
                    sql,
                    List.of(ID, ordinal),
                    sql.select(ID, ordinal)
                            .from("unnest({0}) with ordinality wanted(id, n)", DSL.param("ids", UUID[].class)));
            UUID[] ids = {new UUID(2, 2), new UUID(1, 1)};

            assertThat(query.fetch(
                            row -> {
                                RowReader reader = new RowReader(row);
                                return reader.next(ID) + " " + reader.next(ordinal);
                            },
                            (Object) ids))
                    .containsExactly(ids[0] + " 1", ids[1] + " 2");
            assertThatThrownBy(() -> query.fetch(row -> new RowReader(row).next(ordinal), (Object) ids))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void failsAsOtherQueriesDo() throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.empty("rendered_in_vain"))) {
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            RenderedQuery query =
                    new RenderedQuery(sql, List.of(AT), sql.select(AT).from("nothing"));

            assertThatThrownBy(() -> query.fetchOptional(row -> row.get(AT)))
                    .isInstanceOfSatisfying(
                            DataAccessException.class,
                            failure -> assertThat(failure.sqlState()).isEqualTo("42P01"));
        }
    }
}
