package tarn.platform.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.Secret;
import tarn.platform.Uuid7;

/// Transactional outbox of one service: events are inserted in the current transaction, at most
/// 1,000 per statement, and commit or roll back with the rows they describe.
///
/// PostgreSQL computes the payload from the row as it is, so an event cannot contradict its row.
/// Callers have changed or locked the row before, so `seq` orders the changes of a row.
public final class Outbox {

    /// The version of the schemas in `contracts/events`.
    public static final int SCHEMA = 1;

    /// Events per statement.
    private static final int MAX_AT_ONCE = 1_000;

    private static final Field<UUID> EVENT_ROW = DSL.field("event.row_id", UUID.class);
    private static final Field<UUID> EVENT_PART = DSL.field("event.part", UUID.class);

    private final DSLContext sql;
    private final String schema;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final DigestKey key;
    private final Runnable written;
    private final Map<String, String> inserts = new ConcurrentHashMap<>();

    /// @param schema the schema of the `outbox` table
    /// @param digestKey for digests of free text, the same for all services of an installation
    /// @param written run in each transaction that has written events
    public Outbox(DSLContext sql, String schema, ObjectMapper mapper, Clock clock, Secret digestKey, Runnable written) {
        this.sql = sql;
        this.schema = schema;
        this.mapper = mapper;
        this.clock = clock;
        this.key = DigestKey.of(digestKey);
        this.written = written;
    }

    /// Appends events of existing rows in this order, leaving out rows visible only to their
    /// author.
    public void append(EventRows rows, List<Event> events) {
        String text = inserts.computeIfAbsent(rows.aggregate(), noun -> insert(rows));
        inParts(events, text, statement -> {
            statement.setBytes(9, key.inner());
            statement.setBytes(10, key.outer());
        });
    }

    /// Appends an event of an existing row.
    public void append(EventRows rows, Event event) {
        append(rows, List.of(event));
    }

    /// Appends events of deleted rows, whose payload is only what the events carry.
    public void append(String aggregate, List<Event> events) {
        inParts(events, insert(aggregate, "event.more::jsonb", ""), statement -> {});
    }

    /// Appends an event of a deleted row.
    public void append(String aggregate, Event event) {
        append(aggregate, List.of(event));
    }

    /// Creates the one-off job that writes an event for each row that predates complete events.
    ///
    /// @param rows of all tables, in an order that never changes
    public SnapshotEvents snapshot(List<EventRows> rows) {
        return new SnapshotEvents(sql, schema, this, rows);
    }

    private String insert(EventRows rows) {
        String payload = rows.columns().stream()
                .map(column -> "'" + column.name() + "', " + sql.renderInlined(column.value()))
                .collect(Collectors.joining(", ", "jsonb_build_object(", ") || event.more::jsonb"));
        Condition row = rows.id().eq(EVENT_ROW).and(rows.visible());
        if (rows.part() != null) {
            row = row.and(rows.part().eq(EVENT_PART));
        }
        return insert(
                rows.aggregate(),
                payload,
                " cross join (select ?::bytea, ?::bytea) as key (inner_pad, outer_pad) join "
                        + sql.renderInlined(rows.table()) + " on " + sql.renderInlined(row));
    }

    private String insert(String aggregate, String payload, String join) {
        return "insert into " + sql.render(DSL.table(DSL.name(schema, "outbox")))
                + " (id, type, schema, aggregate_type, aggregate_id, actor, occurred_at, trace, payload)"
                + " select event.id, event.type, " + SCHEMA + ", '" + aggregate + "'"
                + ", event.row_id, event.actor, ?, event.trace, " + payload
                + " from unnest(?, ?, ?, ?, ?, ?, ?) with ordinality"
                + " as event (id, type, row_id, part, actor, trace, more, number)" + join + " order by event.number";
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private void inParts(List<Event> events, String text, Binding rest) {
        for (int from = 0; from < events.size(); from += MAX_AT_ONCE) {
            List<Event> some = events.subList(from, Math.min(events.size(), from + MAX_AT_ONCE));
            sql.connection(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(text)) {
                    statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
                    statement.setArray(2, array(connection, "uuid", some, event -> Uuid7.next(clock)));
                    statement.setArray(3, array(connection, "text", some, Event::type));
                    statement.setArray(4, array(connection, "uuid", some, Event::id));
                    statement.setArray(5, array(connection, "uuid", some, Event::part));
                    statement.setArray(6, array(connection, "uuid", some, Event::actor));
                    statement.setArray(7, array(connection, "text", some, Event::trace));
                    statement.setArray(8, array(connection, "text", some, event -> json(event.more())));
                    rest.bind(statement);
                    statement.executeUpdate();
                }
            });
        }
        written.run();
    }

    private static Array array(
            Connection connection, String type, List<Event> events, Function<Event, @Nullable Object> value)
            throws SQLException {
        return connection.createArrayOf(type, events.stream().map(value).toArray());
    }

    private String json(Object more) {
        try {
            return more.equals(Map.of()) ? "{}" : mapper.writeValueAsString(more);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("An event that is no JSON", impossible);
        }
    }
}
