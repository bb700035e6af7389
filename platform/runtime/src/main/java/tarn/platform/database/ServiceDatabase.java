package tarn.platform.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.SQLStateClass;
import org.jooq.impl.DSL;
import tarn.platform.Secret;
import tarn.platform.event.Outbox;

/// A service's jOOQ context and outbox; statements join the caller's JTA transaction
/// (`@Transactional`), or commit on their own without one.
public final class ServiceDatabase {

    private static final Set<SQLStateClass> ABOUT_ROWS = EnumSet.of(
            SQLStateClass.C22_DATA_EXCEPTION,
            SQLStateClass.C23_INTEGRITY_CONSTRAINT_VIOLATION,
            SQLStateClass.C40_TRANSACTION_ROLLBACK);

    /// lock_not_available, query_canceled.
    private static final Set<String> WAITED_TOO_LONG = Set.of("55P03", "57014");

    private final DSLContext sql;
    private final Outbox outbox;

    /// @param schema the service's schema, which has the service's name
    /// @param digestKey for the digests of free text in events
    /// @param written run in each transaction that has written events
    public ServiceDatabase(
            DataSource source, String schema, ObjectMapper mapper, Clock clock, Secret digestKey, Runnable written) {
        this.sql = DSL.using(
                source,
                SQLDialect.POSTGRES,
                new Settings()
                        .withExecuteLogging(false)
                        .withRenderFormatted(false)
                        .withBindOffsetDateTimeType(true));
        this.outbox = new Outbox(sql, schema, mapper, clock, digestKey, written);
    }

    /// The jOOQ context.
    public DSLContext sql() {
        return sql;
    }

    /// Whether a failure depends on the rows written, so that other rows may succeed: bad data, a
    /// violated constraint, a deadlock, a lock timeout or a cancelled query.
    public static boolean isAboutRows(RuntimeException failure) {
        return failure instanceof DataAccessException access
                && (ABOUT_ROWS.contains(access.sqlStateClass()) || WAITED_TOO_LONG.contains(access.sqlState()));
    }

    /// The outbox, in which the service's events are written.
    public Outbox outbox() {
        return outbox;
    }
}
