package tarn.identity;

import static tarn.identity.sql.Tables.APP_USER;
import static tarn.identity.sql.Tables.SECURITY_EVENT;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.identity.database.IdentityDatabase;
import tarn.identity.sql.tables.AppUser;
import tarn.platform.database.Keyset;
import tarn.platform.http.Page;

/// SQL access to the security log, which is written in transactions of its own; names of users are
/// those of today.
@Singleton
class SecurityEventStore {

    /// A line with the present names of its users.
    ///
    /// @param userName null when there is no such account any more
    /// @param actorName null when there is no such account any more
    record Named(
            SecurityEvent event,
            @Nullable String userName,
            @Nullable String actorName) {}

    private static final Map<String, Field<?>> SORTABLE = Map.of("occurredAt", SECURITY_EVENT.OCCURRED_AT);
    private static final AppUser USER = APP_USER.as("subject");
    private static final AppUser ACTOR = APP_USER.as("actor");

    private final DSLContext sql;

    SecurityEventStore(IdentityDatabase database) {
        this.sql = database.database().sql();
    }

    /// In a transaction of its own.
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void insert(List<SecurityEvent> events) {
        sql.insertInto(
                        SECURITY_EVENT,
                        SECURITY_EVENT.ID,
                        SECURITY_EVENT.KIND,
                        SECURITY_EVENT.OCCURRED_AT,
                        SECURITY_EVENT.USER_ID,
                        SECURITY_EVENT.ACTOR_ID,
                        SECURITY_EVENT.ADDRESS,
                        SECURITY_EVENT.REASON,
                        SECURITY_EVENT.COUNT)
                .valuesOfRows(events.stream()
                        .map(event -> DSL.row(
                                event.id(),
                                event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                event.occurredAt(),
                                event.user(),
                                event.actor(),
                                event.address(),
                                event.reason(),
                                event.count()))
                        .toList())
                .execute();
    }

    /// The log, newest first.
    ///
    /// @param user only what is about this account; null for everything
    Page<Named> list(User.@Nullable Id user, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, SECURITY_EVENT.ID, "-occurredAt", cursor, limit);
        Condition wanted = user == null ? DSL.noCondition() : SECURITY_EVENT.USER_ID.eq(user.value());
        return keyset.page(
                sql.select(SECURITY_EVENT.fields())
                        .select(USER.NAME, ACTOR.NAME)
                        .select(keyset.fields())
                        .from(SECURITY_EVENT)
                        .leftJoin(USER)
                        .on(USER.ID.eq(SECURITY_EVENT.USER_ID))
                        .leftJoin(ACTOR)
                        .on(ACTOR.ID.eq(SECURITY_EVENT.ACTOR_ID))
                        .where(wanted),
                row -> new Named(event(row), row.get(USER.NAME), row.get(ACTOR.NAME)));
    }

    int deleteBefore(Instant timestamp) {
        return sql.deleteFrom(SECURITY_EVENT)
                .where(SECURITY_EVENT.OCCURRED_AT.lt(timestamp))
                .execute();
    }

    private static SecurityEvent event(Record row) {
        UUID id = row.get(SECURITY_EVENT.ID);
        String kind = row.get(SECURITY_EVENT.KIND);
        return new SecurityEvent(
                id,
                SecurityEvent.EventKind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_')),
                row.get(SECURITY_EVENT.OCCURRED_AT),
                row.get(SECURITY_EVENT.USER_ID),
                row.get(SECURITY_EVENT.ACTOR_ID),
                row.get(SECURITY_EVENT.ADDRESS),
                row.get(SECURITY_EVENT.REASON),
                row.get(SECURITY_EVENT.COUNT));
    }
}
