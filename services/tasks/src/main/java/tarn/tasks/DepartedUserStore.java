package tarn.tasks;

import static tarn.tasks.sql.Tables.DEPARTED_USER;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import tarn.platform.problem.Refusal;

/// SQL access to users whose accounts are being deleted, kept for ten minutes: until their access
/// tokens have expired. By an advisory lock a departure waits for transactions in which the user
/// still creates something.
@Singleton
final class DepartedUserStore {

    static final Duration KEPT = Duration.ofMinutes(10);

    private final DSLContext sql;
    private final Clock clock;

    DepartedUserStore(TasksDatabase database, Clock clock) {
        this.sql = database.database().sql();
        this.clock = clock;
    }

    /// Records a departure, after all transactions that hold the user present (advisory lock).
    void add(UUID user) {
        sql.select(DSL.field("pg_advisory_xact_lock(hashtextextended({0}, 0))", DSL.val("departs " + user)))
                .fetch();
        Instant now = clock.instant();
        sql.deleteFrom(DEPARTED_USER)
                .where(DEPARTED_USER.DEPARTED_AT.le(now.minus(KEPT)))
                .execute();
        sql.insertInto(DEPARTED_USER)
                .set(DEPARTED_USER.USER_ID, user)
                .set(DEPARTED_USER.DEPARTED_AT, now)
                .onConflict(DEPARTED_USER.USER_ID)
                .doUpdate()
                .set(DEPARTED_USER.DEPARTED_AT, now)
                .execute();
    }

    /// Delays the user's departure until the end of the transaction.
    ///
    /// @throws Refusal.Unauthenticated when the user has departed
    void requirePresent(UUID user) {
        if (!hold(user)) {
            throw new Refusal.Unauthenticated("unauthenticated", "This account no longer exists.");
        }
    }

    /// Whether the user is present, and if so delays the departure until the end of the
    /// transaction.
    boolean hold(UUID user) {
        sql.select(DSL.field("pg_advisory_xact_lock_shared(hashtextextended({0}, 0))", DSL.val("departs " + user)))
                .fetch();
        return !sql.fetchExists(
                DEPARTED_USER,
                DEPARTED_USER.USER_ID.eq(user),
                DEPARTED_USER.DEPARTED_AT.gt(clock.instant().minus(KEPT)));
    }
}
