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

/// The table of users whose accounts are being deleted, kept for ten minutes: access tokens live for
/// five, and gateways learn of a revocation up to a second late.
@Singleton
final class DepartedUserStore {

    static final Duration KEPT = Duration.ofMinutes(10);

    private final DSLContext sql;
    private final Clock clock;

    DepartedUserStore(TasksDatabase database, Clock clock) {
        this.sql = database.database().sql();
        this.clock = clock;
    }

    /// Notes that a user departs, after every transaction that has found the user present.
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

    /// Lets the user depart only after this transaction.
    ///
    /// @throws Refusal.Unauthenticated when the user has departed
    void requirePresent(UUID user) {
        if (!hold(user)) {
            throw new Refusal.Unauthenticated("unauthenticated", "This account no longer exists.");
        }
    }

    /// Whether the user is present; if so, the user departs only after this transaction.
    boolean hold(UUID user) {
        sql.select(DSL.field("pg_advisory_xact_lock_shared(hashtextextended({0}, 0))", DSL.val("departs " + user)))
                .fetch();
        return !sql.fetchExists(
                DEPARTED_USER,
                DEPARTED_USER.USER_ID.eq(user),
                DEPARTED_USER.DEPARTED_AT.gt(clock.instant().minus(KEPT)));
    }
}
