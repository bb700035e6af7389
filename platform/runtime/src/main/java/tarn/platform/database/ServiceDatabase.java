package tarn.platform.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.SQLStateClass;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;

/// One service's own part of the database: its SQL context and its outbox.
///
/// Transactions are the container's (`@Transactional` on a use case): every statement made through
/// here joins the caller's transaction, or commits by itself when there is none.
public final class ServiceDatabase {

    private static final Set<SQLStateClass> ABOUT_ROWS = EnumSet.of(
            SQLStateClass.C22_DATA_EXCEPTION,
            SQLStateClass.C23_INTEGRITY_CONSTRAINT_VIOLATION,
            SQLStateClass.C40_TRANSACTION_ROLLBACK);

    /// lock_not_available, query_canceled.
    private static final Set<String> WAITED_TOO_LONG = Set.of("55P03", "57014");

    private static final List<Field<?>> COLUMNS = List.of(
            DSL.field("id", UUID.class),
            DSL.field("type", String.class),
            DSL.field("aggregate_type", String.class),
            DSL.field("aggregate_id", UUID.class),
            DSL.field("actor", UUID.class),
            DSL.field("occurred_at", Instant.class),
            DSL.field("payload", JSONB.class));

    private final DSLContext sql;
    private final String schema;
    private final ObjectMapper mapper;
    private final Clock clock;

    /// @param schema the service's schema, which is also the service's name
    public ServiceDatabase(DataSource source, String schema, ObjectMapper mapper, Clock clock) {
        this.sql = DSL.using(
                source,
                SQLDialect.POSTGRES,
                new Settings()
                        .withExecuteLogging(false)
                        .withRenderFormatted(false)
                        .withBindOffsetDateTimeType(true));
        this.schema = schema;
        this.mapper = mapper;
        this.clock = clock;
    }

    /// Where statements are made.
    public DSLContext sql() {
        return sql;
    }

    /// Whether something failed because of what it was about, so that the same with other rows may
    /// succeed: bad data, a violated constraint, a deadlock, a lock that was not to be had in time.
    public static boolean isAboutRows(RuntimeException failure) {
        return failure instanceof DataAccessException access
                && (ABOUT_ROWS.contains(access.sqlStateClass()) || WAITED_TOO_LONG.contains(access.sqlState()));
    }

    /// What happened to a thing.
    ///
    /// @param type past tense with its noun, as in `task.completed`
    /// @param aggregateType the noun, as in `task`
    /// @param payload becomes the event's JSON; holds no secret
    public record Event(
            String type,
            String aggregateType,
            UUID aggregateId,
            @Nullable UUID actor,
            Object payload) {}

    /// Writes an event into the outbox, in the present transaction: it is there exactly when the
    /// change it tells of is. The parameters are those of [Event].
    public void append(String type, String aggregateType, UUID aggregateId, @Nullable UUID actor, Object payload) {
        insert(row(new Event(type, aggregateType, aggregateId, actor, payload))).execute();
    }

    /// Writes many events in this order.
    public void append(List<Event> events) {
        BatchBindStep batch = sql.batch(insert(new Object[COLUMNS.size()]));
        for (Event event : events) {
            batch = batch.bind(row(event));
        }
        batch.execute();
    }

    private Query insert(@Nullable Object[] values) {
        return sql.insertInto(DSL.table(DSL.name(schema, "outbox")))
                .columns(COLUMNS)
                .values(values);
    }

    private @Nullable Object[] row(Event event) {
        return new @Nullable Object[] {
            Uuid7.next(clock),
            event.type(),
            event.aggregateType(),
            event.aggregateId(),
            event.actor(),
            clock.instant(),
            json(event.payload())
        };
    }

    private JSONB json(Object payload) {
        try {
            return JSONB.valueOf(mapper.writeValueAsString(payload));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("An event that is no JSON: " + payload.getClass(), impossible);
        }
    }
}
