package tarn.identity;

import static tarn.identity.sql.Tables.APP_USER;
import static tarn.identity.sql.Tables.PERSONAL_TOKEN;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
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

/// SQL access to personal access tokens, of which only the hash of the secret is stored; events are
/// appended by the callers.
@Singleton
final class PersonalTokenStore {

    /// A token with the user's claims for access tokens.
    record Held(PersonalToken token, ZoneId timeZone) {}

    private static final Map<String, Field<?>> SORTABLE = Map.of("createdAt", PERSONAL_TOKEN.CREATED_AT);

    private final Outbox outbox;
    private final DSLContext sql;

    PersonalTokenStore(IdentityDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
    }

    void insert(PersonalToken token, OpaqueSecret secret) {
        sql.insertInto(PERSONAL_TOKEN)
                .set(PERSONAL_TOKEN.ID, token.id().value())
                .set(PERSONAL_TOKEN.USER_ID, token.user().value())
                .set(PERSONAL_TOKEN.NAME, token.name())
                .set(PERSONAL_TOKEN.PREFIX, token.prefix())
                .set(PERSONAL_TOKEN.SECRET_HASH, secret.hash())
                .set(PERSONAL_TOKEN.SCOPES, token.scopes().toArray(String[]::new))
                .set(PERSONAL_TOKEN.CREATED_AT, token.createdAt())
                .set(PERSONAL_TOKEN.EXPIRES_AT, token.expiresAt())
                .execute();
    }

    Optional<Held> bySecret(OpaqueSecret secret) {
        return sql.select(PERSONAL_TOKEN.fields())
                .select(APP_USER.TIME_ZONE)
                .from(PERSONAL_TOKEN)
                .join(APP_USER)
                .on(APP_USER.ID.eq(PERSONAL_TOKEN.USER_ID))
                .where(PERSONAL_TOKEN.SECRET_HASH.eq(secret.hash()))
                .fetchOptional(row -> new Held(token(row), TimeZones.namedOrUtc(row.get(APP_USER.TIME_ZONE))));
    }

    /// The tokens of a user, newest first, including recently expired ones.
    Page<PersonalToken> of(User.Id user, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, PERSONAL_TOKEN.ID, "-createdAt", cursor, limit);
        return keyset.page(
                sql.select(PERSONAL_TOKEN.fields())
                        .select(keyset.fields())
                        .from(PERSONAL_TOKEN)
                        .where(PERSONAL_TOKEN.USER_ID.eq(user.value())),
                PersonalTokenStore::token);
    }

    List<UUID> idsOf(User.Id user) {
        return sql.select(PERSONAL_TOKEN.ID)
                .from(PERSONAL_TOKEN)
                .where(PERSONAL_TOKEN.USER_ID.eq(user.value()))
                .fetch(PERSONAL_TOKEN.ID);
    }

    int countLive(User.Id user, Instant now) {
        return sql.fetchCount(
                PERSONAL_TOKEN,
                PERSONAL_TOKEN.USER_ID.eq(user.value()),
                PERSONAL_TOKEN.EXPIRES_AT.isNull().or(PERSONAL_TOKEN.EXPIRES_AT.gt(now)));
    }

    /// Deletes all tokens of a user and returns their ids.
    List<PersonalToken.Id> deleteAll(User.Id user) {
        return sql.deleteFrom(PERSONAL_TOKEN)
                .where(PERSONAL_TOKEN.USER_ID.eq(user.value()))
                .returning(PERSONAL_TOKEN.ID)
                .fetch(row -> new PersonalToken.Id(row.get(PERSONAL_TOKEN.ID)));
    }

    void markUsed(PersonalToken.Id id, Instant now) {
        sql.update(PERSONAL_TOKEN)
                .set(PERSONAL_TOKEN.LAST_USED_AT, now)
                .where(PERSONAL_TOKEN.ID.eq(id.value()))
                .execute();
    }

    /// Deletes a token; false when the user has no such token.
    boolean delete(User.Id user, PersonalToken.Id id) {
        return sql.deleteFrom(PERSONAL_TOKEN)
                        .where(PERSONAL_TOKEN.ID.eq(id.value()), PERSONAL_TOKEN.USER_ID.eq(user.value()))
                        .execute()
                == 1;
    }

    /// Deletes tokens that expired before a timestamp.
    int deleteExpiredBefore(Instant timestamp) {
        return sql.deleteFrom(PERSONAL_TOKEN)
                .where(PERSONAL_TOKEN.EXPIRES_AT.lt(timestamp))
                .execute();
    }

    void append(PersonalToken.Id id, UUID actor, PersonalTokenEvent event) {
        outbox.append("token", Event.of(event.type(), id.value(), actor).saying(event));
    }

    private static PersonalToken token(Record row) {
        return new PersonalToken(
                new PersonalToken.Id(row.get(PERSONAL_TOKEN.ID)),
                new User.Id(row.get(PERSONAL_TOKEN.USER_ID)),
                row.get(PERSONAL_TOKEN.NAME),
                List.of(row.get(PERSONAL_TOKEN.SCOPES)),
                row.get(PERSONAL_TOKEN.PREFIX),
                row.get(PERSONAL_TOKEN.CREATED_AT),
                row.get(PERSONAL_TOKEN.EXPIRES_AT),
                row.get(PERSONAL_TOKEN.LAST_USED_AT));
    }
}
