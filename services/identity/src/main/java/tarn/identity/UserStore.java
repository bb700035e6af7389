package tarn.identity;

import static tarn.identity.sql.Tables.APP_USER;
import static tarn.identity.sql.Tables.KNOWN_ADDRESS;
import static tarn.identity.sql.Tables.PERSONAL_TOKEN;
import static tarn.identity.sql.Tables.SESSION;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.CollationKeys;
import tarn.platform.Secret;
import tarn.platform.database.DerivedColumns;
import tarn.platform.database.Keyset;
import tarn.platform.database.SearchColumn;
import tarn.platform.event.Event;
import tarn.platform.event.EventRows;
import tarn.platform.event.Outbox;
import tarn.platform.event.Snapshot;
import tarn.platform.http.Page;
import tarn.platform.search.SearchQuery;

/// SQL access to user accounts and their password hashes; creating, updating and deleting an account
/// appends its event.
@Singleton
final class UserStore {

    /// A user with the password hash.
    record Known(User user, Secret passwordHash) {}

    private static final Map<String, Field<?>> SORTABLE = Map.of("name", APP_USER.NAME_KEY);

    private static final SearchColumn SEARCH = SearchColumn.of(APP_USER);

    /// Columns that are computed from the name of a user.
    private static final DerivedColumns.Derivation DERIVED = new DerivedColumns.Derivation(
            DerivedColumns::searchAndCollation,
            APP_USER,
            APP_USER.ID,
            List.of(APP_USER.NAME),
            row -> derived(row.get(APP_USER.NAME)));

    /// Payload of an account's events, without the e-mail address.
    static final EventRows EVENTS = EventRows.of("user", APP_USER, APP_USER.ID)
            .text("name", APP_USER.NAME)
            .value("administrator", APP_USER.ADMINISTRATOR)
            .value("closedAt", APP_USER.CLOSED_AT)
            .value("timeZone", APP_USER.TIME_ZONE)
            .value("createdAt", APP_USER.CREATED_AT)
            .value("updatedAt", APP_USER.UPDATED_AT)
            .value("version", APP_USER.VERSION);

    private final Outbox outbox;
    private final DSLContext sql;
    private final DerivedColumns derived;

    UserStore(IdentityDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
        this.derived = new DerivedColumns(sql, "identity", List.of(DERIVED));
    }

    Optional<User> user(User.Id id) {
        return sql.selectFrom(APP_USER).where(APP_USER.ID.eq(id.value())).fetchOptional(UserStore::user);
    }

    /// The user, locked until the end of the transaction against changes and new credentials.
    Optional<User> locked(User.Id id) {
        return sql.selectFrom(APP_USER)
                .where(APP_USER.ID.eq(id.value()))
                .forUpdate()
                .fetchOptional(UserStore::user);
    }

    Optional<Known> known(User.Id id) {
        return known(APP_USER.ID.eq(id.value()));
    }

    /// The account with this e-mail address; of two that differ only in full-width characters the
    /// one written alike.
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

    /// @param text words of a name, or a whole e-mail address; null for all
    /// @param among only these; null for all
    Page<User> directory(
            @Nullable String text, @Nullable Collection<UUID> among, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, APP_USER.ID, "name", cursor, limit);
        Condition wanted = among == null ? DSL.noCondition() : isAmong(among);
        if (text != null) {
            wanted = wanted.and(isNamed(text).or(APP_USER.EMAIL_KEY.eq(new User.Email(text).key())));
        }
        return keyset.page(
                sql.select(APP_USER.fields())
                        .select(keyset.fields())
                        .from(APP_USER)
                        .where(wanted),
                UserStore::user);
    }

    /// All accounts by name, with their last use.
    ///
    /// @param text words of a name, or part of an e-mail address; null for all
    Page<Account> accounts(@Nullable String text, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, APP_USER.ID, "name", cursor, limit);
        Condition wanted = text == null
                ? DSL.noCondition()
                : isNamed(text).or(APP_USER.EMAIL_KEY.contains(new User.Email(text).key()));
        Field<Instant> lastSeen = DSL.greatest(
                        latest(SESSION.LAST_USED_AT, SESSION.USER_ID),
                        latest(PERSONAL_TOKEN.LAST_USED_AT, PERSONAL_TOKEN.USER_ID),
                        latest(KNOWN_ADDRESS.LAST_USED_AT, KNOWN_ADDRESS.USER_ID))
                .as("last_seen_at");
        return keyset.page(
                sql.select(APP_USER.fields())
                        .select(lastSeen)
                        .select(keyset.fields())
                        .from(APP_USER)
                        .where(wanted),
                row -> new Account(user(row), row.get(lastSeen)));
    }

    private static Condition isNamed(String text) {
        return SEARCH.matches(SearchQuery.of(text));
    }

    /// The latest use in a table of credentials.
    private static Field<Instant> latest(TableField<?, Instant> used, TableField<?, UUID> user) {
        return DSL.field(DSL.select(DSL.max(used)).from(used.getTable()).where(user.eq(APP_USER.ID)));
    }

    /// The existing users among these, in no order.
    List<User> users(Collection<UUID> ids) {
        return sql.selectFrom(APP_USER).where(isAmong(ids)).fetch(UserStore::user);
    }

    private static Condition isAmong(Collection<UUID> ids) {
        return APP_USER.ID.eq(DSL.any(ids.toArray(UUID[]::new)));
    }

    boolean isEmpty() {
        return !sql.fetchExists(APP_USER);
    }

    /// Whether another account has this e-mail address.
    boolean isTaken(User.Email email, User.Id except) {
        return sql.fetchExists(APP_USER, APP_USER.EMAIL_KEY.eq(email.key()), APP_USER.ID.ne(except.value()));
    }

    /// Whether there is a user other than this one.
    boolean hasOthers(User.Id id) {
        return sql.fetchExists(APP_USER, APP_USER.ID.ne(id.value()));
    }

    /// Whether an administrator other than this user can sign in.
    boolean hasOtherAdministrator(User.Id id) {
        return sql.fetchExists(
                APP_USER, APP_USER.ADMINISTRATOR.isTrue(), APP_USER.CLOSED_AT.isNull(), APP_USER.ID.ne(id.value()));
    }

    /// Serialises transactions that depend on all users: the first registration, the last
    /// administrator's departure.
    void lockEveryone() {
        sql.select(DSL.field("pg_advisory_xact_lock(hashtext('identity users'))"))
                .fetch();
    }

    /// Inserts a user; false when the e-mail address is taken.
    boolean insert(User user, Secret passwordHash) {
        boolean inserted = sql.insertInto(APP_USER)
                        .set(APP_USER.ID, user.id().value())
                        .set(APP_USER.NAME, user.profile().name())
                        .set(derived(user.profile().name()))
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

    /// Updates the account.
    ///
    /// @param actor the user who changed it
    void update(User user, User.Id actor) {
        sql.update(APP_USER)
                .set(APP_USER.NAME, user.profile().name())
                .set(derived(user.profile().name()))
                .set(APP_USER.EMAIL, user.email().value())
                .set(APP_USER.ADMINISTRATOR, user.administrator())
                .set(APP_USER.CLOSED_AT, user.closedAt())
                .set(APP_USER.TIME_ZONE, user.profile().timeZone().getId())
                .set(APP_USER.UPDATED_AT, user.updatedAt())
                .set(APP_USER.VERSION, user.version())
                .where(APP_USER.ID.eq(user.id().value()))
                .execute();
        outbox.append(EVENTS, Event.of(UserEvent.CHANGED.type(), user.id().value(), actor.value()));
    }

    /// Updates the account with another e-mail address, which no other account may have.
    void updateEmail(User user) {
        sql.update(APP_USER)
                .set(APP_USER.EMAIL_KEY, user.email().key())
                .where(APP_USER.ID.eq(user.id().value()))
                .execute();
        update(user, user.id());
    }

    /// Replaces a password hash; false when it is no longer the expected one.
    boolean replacePassword(User.Id id, Secret before, Secret after) {
        return sql.update(APP_USER)
                        .set(APP_USER.PASSWORD_HASH, after.value())
                        .where(APP_USER.ID.eq(id.value()), APP_USER.PASSWORD_HASH.eq(before.value()))
                        .execute()
                == 1;
    }

    /// Sets a password hash, whatever it was.
    void putPassword(User.Id id, Secret hash) {
        sql.update(APP_USER)
                .set(APP_USER.PASSWORD_HASH, hash.value())
                .where(APP_USER.ID.eq(id.value()))
                .execute();
    }

    /// Whether the account is open and its password hash still this one, locking it until the end of
    /// the transaction.
    boolean holdPassword(User.Id id, Secret hash) {
        return sql.selectOne()
                .from(APP_USER)
                .where(APP_USER.ID.eq(id.value()), APP_USER.PASSWORD_HASH.eq(hash.value()), APP_USER.CLOSED_AT.isNull())
                .forShare()
                .fetchOptional()
                .isPresent();
    }

    /// Deletes a user with all credentials.
    void delete(User.Id id) {
        sql.deleteFrom(APP_USER).where(APP_USER.ID.eq(id.value())).execute();
        outbox.append("user", Event.of(UserEvent.DELETED.type(), id.value(), id.value()));
    }

    /// The job that writes a snapshot event of each older account.
    Snapshot snapshot() {
        return outbox.snapshot(List.of(EVENTS));
    }

    /// Computes columns of rows that were written by other rules.
    void refreshDerivedColumns() {
        derived.refresh();
    }

    /// Appends an event of an account caused by its own user.
    void append(User.Id id, UserEvent event) {
        outbox.append(EVENTS, Event.of(event.type(), id.value(), id.value()));
    }

    private static Map<Field<?>, @Nullable Object> derived(String name) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        SEARCH.put(row, name, "");
        row.put(APP_USER.NAME_KEY, CollationKeys.of(name));
        return row;
    }

    private static User user(Record row) {
        return new User(
                new User.Id(row.get(APP_USER.ID)),
                new User.Profile(row.get(APP_USER.NAME), ZoneId.of(row.get(APP_USER.TIME_ZONE))),
                new User.Email(row.get(APP_USER.EMAIL)),
                row.get(APP_USER.ADMINISTRATOR),
                row.get(APP_USER.CLOSED_AT),
                row.get(APP_USER.CREATED_AT),
                row.get(APP_USER.UPDATED_AT),
                row.get(APP_USER.VERSION));
    }
}
