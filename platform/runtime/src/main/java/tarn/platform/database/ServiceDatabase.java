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

    private final DSLContext sql;
    private final Outbox outbox;

    /// @param schema the service's schema, which is also the service's name
    /// @param digestKey of the digests of free text in events
    public ServiceDatabase(DataSource source, String schema, ObjectMapper mapper, Clock clock, Secret digestKey) {
        this.sql = DSL.using(
                source,
                SQLDialect.POSTGRES,
                new Settings()
                        .withExecuteLogging(false)
                        .withRenderFormatted(false)
                        .withBindOffsetDateTimeType(true));
        this.outbox = new Outbox(sql, schema, mapper, clock, digestKey);
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

    /// Where its events are written.
    public Outbox outbox() {
        return outbox;
    }
}
