package tarn.identity;

import static tarn.identity.sql.Tables.APP_USER;
import static tarn.identity.sql.Tables.REFRESH_TOKEN;
import static tarn.identity.sql.Tables.SESSION;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.TimeZones;
import tarn.platform.database.Keyset;
import tarn.platform.event.Event;
import tarn.platform.event.Outbox;
import tarn.platform.http.Page;

/// SQL access to sessions and refresh tokens, of which only the hashes of cookies and tokens are
/// stored; events are appended by the callers.
@Singleton
final class SessionStore {

    /// A session with the user's claims for access tokens.
    record Held(Session session, boolean administrator, ZoneId timeZone) {}

    private static final Map<String, Field<?>> SORTABLE = Map.of("createdAt", SESSION.CREATED_AT);
    private static final int BATCH = 1_000;

    private final Outbox outbox;
    private final DSLContext sql;

    SessionStore(IdentityDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
    }

    /// @param cookie null for a session with refresh tokens
    void insert(Session session, @Nullable OpaqueSecret cookie) {
        sql.insertInto(SESSION)
                .set(SESSION.ID, session.id().value())
                .set(SESSION.USER_ID, session.user().value())
                .set(SESSION.KIND, session.kind().name().toLowerCase(Locale.ROOT))
                .set(SESSION.SECRET_HASH, cookie == null ? null : cookie.hash())
                .set(SESSION.USER_AGENT, session.device().userAgent())
                .set(SESSION.ADDRESS, session.device().address())
                .set(SESSION.CREATED_AT, session.createdAt())
                .set(SESSION.LAST_USED_AT, session.lastUsedAt())
                .set(SESSION.EXPIRES_AT, session.expiresAt())
                .execute();
    }

    Optional<Session> session(Session.Id id) {
        return sql.selectFrom(SESSION).where(SESSION.ID.eq(id.value())).fetchOptional(SessionStore::session);
    }

    Optional<Held> byCookie(OpaqueSecret cookie) {
        return sql.select(SESSION.fields())
                .select(APP_USER.ADMINISTRATOR, APP_USER.TIME_ZONE)
                .from(SESSION)
                .join(APP_USER)
                .on(APP_USER.ID.eq(SESSION.USER_ID))
                .where(SESSION.SECRET_HASH.eq(cookie.hash()))
                .fetchOptional(SessionStore::held);
    }

    /// The session of a refresh token, locked until the end of the transaction.
    Optional<Held> lockedByRefreshToken(OpaqueSecret token) {
        return sql.select(SESSION.fields())
                .select(APP_USER.ADMINISTRATOR, APP_USER.TIME_ZONE)
                .from(SESSION)
                .join(REFRESH_TOKEN)
                .on(REFRESH_TOKEN.SESSION_ID.eq(SESSION.ID))
                .join(APP_USER)
                .on(APP_USER.ID.eq(SESSION.USER_ID))
                .where(REFRESH_TOKEN.SECRET_HASH.eq(token.hash()))
                .forUpdate()
                .of(SESSION)
                .fetchOptional(SessionStore::held);
    }

    /// Read after the session is locked, because a row joined before the wait may be stale.
    Optional<RefreshToken> refreshToken(OpaqueSecret token) {
        return sql.selectFrom(REFRESH_TOKEN)
                .where(REFRESH_TOKEN.SECRET_HASH.eq(token.hash()))
                .fetchOptional(row -> new RefreshToken(
                        new Session.Id(row.get(REFRESH_TOKEN.SESSION_ID)),
                        row.get(REFRESH_TOKEN.CREATED_AT),
                        row.get(REFRESH_TOKEN.USED_AT)));
    }

    void insert(RefreshToken token, OpaqueSecret secret) {
        sql.insertInto(REFRESH_TOKEN)
                .set(REFRESH_TOKEN.SECRET_HASH, secret.hash())
                .set(REFRESH_TOKEN.SESSION_ID, token.session().value())
                .set(REFRESH_TOKEN.CREATED_AT, token.createdAt())
                .execute();
    }

    /// Records the first exchange of a refresh token.
    void markUsed(OpaqueSecret secret, Instant now) {
        sql.update(REFRESH_TOKEN)
                .set(REFRESH_TOKEN.USED_AT, now)
                .where(REFRESH_TOKEN.SECRET_HASH.eq(secret.hash()), REFRESH_TOKEN.USED_AT.isNull())
                .execute();
    }

    /// Writes the last use with its device, and the expiry.
    void update(Session session) {
        sql.update(SESSION)
                .set(SESSION.USER_AGENT, session.device().userAgent())
                .set(SESSION.ADDRESS, session.device().address())
                .set(SESSION.LAST_USED_AT, session.lastUsedAt())
                .set(SESSION.EXPIRES_AT, session.expiresAt())
                .where(SESSION.ID.eq(session.id().value()))
                .execute();
    }

    /// The valid sessions of a user, newest first.
    Page<Session> of(User.Id user, Instant now, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, SESSION.ID, "-createdAt", cursor, limit);
        return keyset.page(
                sql.select(SESSION.fields())
                        .select(keyset.fields())
                        .from(SESSION)
                        .where(SESSION.USER_ID.eq(user.value()), SESSION.EXPIRES_AT.gt(now)),
                SessionStore::session);
    }

    List<UUID> idsOf(User.Id user) {
        return sql.select(SESSION.ID)
                .from(SESSION)
                .where(SESSION.USER_ID.eq(user.value()))
                .fetch(SESSION.ID);
    }

    /// Deletes a session with its refresh tokens; false when the user has no such session.
    boolean delete(User.Id user, Session.Id id) {
        return sql.deleteFrom(SESSION)
                        .where(SESSION.ID.eq(id.value()), SESSION.USER_ID.eq(user.value()))
                        .execute()
                == 1;
    }

    /// Deletes all sessions of a user but one and returns their ids.
    List<Session.Id> deleteOthers(User.Id user, Session.Id stays) {
        return sql.deleteFrom(SESSION)
                .where(SESSION.USER_ID.eq(user.value()), SESSION.ID.ne(stays.value()))
                .returning(SESSION.ID)
                .fetch(row -> new Session.Id(row.get(SESSION.ID)));
    }

    /// Deletes all sessions of a user and returns their ids.
    List<Session.Id> deleteAll(User.Id user) {
        return sql.deleteFrom(SESSION)
                .where(SESSION.USER_ID.eq(user.value()))
                .returning(SESSION.ID)
                .fetch(row -> new Session.Id(row.get(SESSION.ID)));
    }

    /// Deletes a batch of expired sessions and returns them, skipping locked ones.
    List<Session> deleteExpired(Instant now) {
        return sql.deleteFrom(SESSION)
                .where(SESSION.ID.in(sql.select(SESSION.ID)
                        .from(SESSION)
                        .where(SESSION.EXPIRES_AT.le(now))
                        .limit(BATCH)
                        .forUpdate()
                        .skipLocked()))
                .returning()
                .fetch(SessionStore::session);
    }

    /// Deletes refresh tokens created before a timestamp.
    int deleteRefreshTokensBefore(Instant timestamp) {
        return sql.deleteFrom(REFRESH_TOKEN)
                .where(REFRESH_TOKEN.CREATED_AT.lt(timestamp))
                .execute();
    }

    /// @param actor null when the session expired
    void append(Session.Id id, @Nullable UUID actor, SessionEvent event) {
        outbox.append("session", Event.of(event.type(), id.value(), actor).saying(event));
    }

    private static Held held(Record row) {
        return new Held(
                session(row), row.get(APP_USER.ADMINISTRATOR), TimeZones.namedOrUtc(row.get(APP_USER.TIME_ZONE)));
    }

    private static Session session(Record row) {
        return new Session(
                new Session.Id(row.get(SESSION.ID)),
                new User.Id(row.get(SESSION.USER_ID)),
                Session.Kind.valueOf(row.get(SESSION.KIND).toUpperCase(Locale.ROOT)),
                new Device(row.get(SESSION.ADDRESS), row.get(SESSION.USER_AGENT)),
                row.get(SESSION.CREATED_AT),
                row.get(SESSION.LAST_USED_AT),
                row.get(SESSION.EXPIRES_AT));
    }
}
