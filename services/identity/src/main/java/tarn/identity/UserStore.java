package tarn.identity;

import static tarn.identity.sql.Tables.APP_USER;

import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.Secret;
import tarn.platform.database.Keyset;
import tarn.platform.event.Event;
import tarn.platform.event.EventRows;
import tarn.platform.event.Outbox;
import tarn.platform.event.Snapshot;
import tarn.platform.http.Page;

/// The table of users.
@Singleton
final class UserStore {

    /// A user and the hash of the password that proves it.
    record Known(User user, Secret passwordHash) {}

    private static final Map<String, Field<?>> SORTABLE = Map.of("name", DSL.lower(APP_USER.NAME));

    /// What events say of an account; nothing of its e-mail address.
    static final EventRows EVENTS = EventRows.of("user", APP_USER, APP_USER.ID)
            .text("name", APP_USER.NAME)
            .value("administrator", APP_USER.ADMINISTRATOR)
            .value("timeZone", APP_USER.TIME_ZONE)
            .value("createdAt", APP_USER.CREATED_AT)
            .value("updatedAt", APP_USER.UPDATED_AT)
            .value("version", APP_USER.VERSION);

    private final Outbox outbox;
    private final DSLContext sql;

    UserStore(IdentityDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
    }

    Optional<User> user(User.Id id) {
        return sql.selectFrom(APP_USER).where(APP_USER.ID.eq(id.value())).fetchOptional(UserStore::user);
    }

    /// The user, whom nobody else changes or gives a new credential until the transaction ends.
    Optional<User> locked(User.Id id) {
        return sql.selectFrom(APP_USER)
                .where(APP_USER.ID.eq(id.value()))
                .forUpdate()
                .fetchOptional(UserStore::user);
    }

    Optional<Known> known(User.Id id) {
        return known(APP_USER.ID.eq(id.value()));
    }

    /// The account with this e-mail address; of two that differ only by width the one that is written alike.
    Optional<Known> known(User.Email email) {
        return known(APP_USER.EMAIL_KEY.in(email.key(), email.formerKey()), APP_USER.EMAIL_KEY.eq(email.formerKey()));
    }

    private Optional<Known> known(Condition who) {
        return known(who, who);
    }

    private Optional<Known> known(Condition who, Condition preferred) {
        return sql.selectFrom(APP_USER)
                .where(who)
                .orderBy(DSL.field(preferred).desc())
                .limit(1)
                .fetchOptional(row -> new Known(user(row), new Secret(row.get(APP_USER.PASSWORD_HASH))));
    }

    /// @param text part of the name, or a whole e-mail address; null for all
    /// @param ids only these; all when empty
    Page<User> directory(
            @Nullable String text, Collection<UUID> ids, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, APP_USER.ID, "name", cursor, limit);
        Condition wanted = ids.isEmpty() ? DSL.noCondition() : APP_USER.ID.in(ids);
        if (text != null) {
            wanted = wanted.and(
                    APP_USER.NAME.containsIgnoreCase(text).or(APP_USER.EMAIL_KEY.eq(new User.Email(text).key())));
        }
        return keyset.page(
                sql.select(APP_USER.fields())
                        .select(keyset.fields())
                        .from(APP_USER)
                        .where(wanted),
                UserStore::user);
    }

    /// Those of these whom there are, in no order.
    List<User> users(Collection<UUID> ids) {
        return sql.selectFrom(APP_USER)
                .where(APP_USER.ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                .fetch(UserStore::user);
    }

    boolean isEmpty() {
        return !sql.fetchExists(APP_USER);
    }

    /// Whether there are users and this is the only administrator among them.
    boolean isLastAdministrator(User.Id id) {
        return !sql.fetchExists(APP_USER, APP_USER.ADMINISTRATOR.isTrue().and(APP_USER.ID.ne(id.value())))
                && sql.fetchExists(APP_USER, APP_USER.ID.ne(id.value()));
    }

    /// Makes everybody else who decides by who else there is wait until the transaction ends: the first
    /// to register, the last to go.
    void lockEveryone() {
        sql.select(DSL.field("pg_advisory_xact_lock(hashtext('identity users'))"))
                .fetch();
    }

    /// Adds a user; false when the e-mail address is taken.
    boolean insert(User user, Secret passwordHash) {
        boolean inserted = sql.insertInto(APP_USER)
                        .set(APP_USER.ID, user.id().value())
                        .set(APP_USER.NAME, user.profile().name())
                        .set(APP_USER.EMAIL, user.email().value())
                        .set(APP_USER.EMAIL_KEY, user.email().key())
                        .set(APP_USER.PASSWORD_HASH, passwordHash.value())
                        .set(APP_USER.ADMINISTRATOR, user.administrator())
                        .set(APP_USER.TIME_ZONE, user.profile().timeZone().getId())
                        .set(APP_USER.CREATED_AT, user.createdAt())
                        .set(APP_USER.UPDATED_AT, user.updatedAt())
                        .set(APP_USER.VERSION, user.version())
                        .onConflict(APP_USER.EMAIL_KEY)
                        .doNothing()
                        .execute()
                == 1;
        if (inserted) {
            append(user.id(), UserEvent.CREATED);
        }
        return inserted;
    }

    /// Writes profile and version.
    void update(User user) {
        sql.update(APP_USER)
                .set(APP_USER.NAME, user.profile().name())
                .set(APP_USER.TIME_ZONE, user.profile().timeZone().getId())
                .set(APP_USER.UPDATED_AT, user.updatedAt())
                .set(APP_USER.VERSION, user.version())
                .where(APP_USER.ID.eq(user.id().value()))
                .execute();
        append(user.id(), UserEvent.CHANGED);
    }

    /// Puts one password hash in place of another; false when it was no longer that one.
    boolean replacePassword(User.Id id, Secret before, Secret after) {
        return sql.update(APP_USER)
                        .set(APP_USER.PASSWORD_HASH, after.value())
                        .where(APP_USER.ID.eq(id.value()), APP_USER.PASSWORD_HASH.eq(before.value()))
                        .execute()
                == 1;
    }

    /// Whether this still is the password's hash; if so it stays until the transaction ends.
    boolean holdPassword(User.Id id, Secret hash) {
        return sql.selectOne()
                .from(APP_USER)
                .where(APP_USER.ID.eq(id.value()), APP_USER.PASSWORD_HASH.eq(hash.value()))
                .forShare()
                .fetchOptional()
                .isPresent();
    }

    /// Removes a user with all that proves who it is.
    void delete(User.Id id) {
        sql.deleteFrom(APP_USER).where(APP_USER.ID.eq(id.value())).execute();
        outbox.append("user", Event.of(UserEvent.DELETED.type(), id.value(), id.value()));
    }

    /// What writes an event of each account that was there before.
    Snapshot snapshot() {
        return outbox.snapshot(List.of(EVENTS));
    }

    /// Writes an event of an account that its owner is the cause of.
    void append(User.Id id, UserEvent event) {
        outbox.append(EVENTS, Event.of(event.type(), id.value(), id.value()));
    }

    private static User user(Record row) {
        return new User(
                new User.Id(row.get(APP_USER.ID)),
                new User.Profile(row.get(APP_USER.NAME), ZoneId.of(row.get(APP_USER.TIME_ZONE))),
                new User.Email(row.get(APP_USER.EMAIL)),
                row.get(APP_USER.ADMINISTRATOR),
                row.get(APP_USER.CREATED_AT),
                row.get(APP_USER.UPDATED_AT),
                row.get(APP_USER.VERSION));
    }
}
