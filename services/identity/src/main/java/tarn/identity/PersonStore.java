package tarn.identity;

import static tarn.identity.sql.Tables.PERSON;

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

/// The table of people.
@Singleton
final class PersonStore {

    /// A person and the hash of the password that proves it.
    record Known(Person person, Secret passwordHash) {}

    private static final Map<String, Field<?>> SORTABLE = Map.of("name", DSL.lower(PERSON.NAME));

    /// What events say of an account; nothing of its e-mail address.
    static final EventRows EVENTS = EventRows.of("user", PERSON, PERSON.ID)
            .text("name", PERSON.NAME)
            .value("administrator", PERSON.ADMINISTRATOR)
            .value("timeZone", PERSON.TIME_ZONE)
            .value("createdAt", PERSON.CREATED_AT)
            .value("updatedAt", PERSON.UPDATED_AT)
            .value("version", PERSON.VERSION);

    private final Outbox outbox;
    private final DSLContext sql;

    PersonStore(IdentityDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
    }

    Optional<Person> person(Person.Id id) {
        return sql.selectFrom(PERSON).where(PERSON.ID.eq(id.value())).fetchOptional(PersonStore::person);
    }

    /// The person, whom nobody else changes or gives a new credential until the transaction ends.
    Optional<Person> locked(Person.Id id) {
        return sql.selectFrom(PERSON)
                .where(PERSON.ID.eq(id.value()))
                .forUpdate()
                .fetchOptional(PersonStore::person);
    }

    Optional<Known> known(Person.Id id) {
        return known(PERSON.ID.eq(id.value()));
    }

    /// The account with this e-mail address; of two that differ only by width the one that is written alike.
    Optional<Known> known(Person.Email email) {
        return known(PERSON.EMAIL_KEY.in(email.key(), email.formerKey()), PERSON.EMAIL_KEY.eq(email.formerKey()));
    }

    private Optional<Known> known(Condition who) {
        return known(who, who);
    }

    private Optional<Known> known(Condition who, Condition preferred) {
        return sql.selectFrom(PERSON)
                .where(who)
                .orderBy(DSL.field(preferred).desc())
                .limit(1)
                .fetchOptional(row -> new Known(person(row), new Secret(row.get(PERSON.PASSWORD_HASH))));
    }

    /// @param text part of the name, or a whole e-mail address; null for all
    /// @param ids only these; all when empty
    Page<Person> directory(
            @Nullable String text, Collection<UUID> ids, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, PERSON.ID, "name", cursor, limit);
        Condition wanted = ids.isEmpty() ? DSL.noCondition() : PERSON.ID.in(ids);
        if (text != null) {
            wanted = wanted.and(
                    PERSON.NAME.containsIgnoreCase(text).or(PERSON.EMAIL_KEY.eq(new Person.Email(text).key())));
        }
        return keyset.page(
                sql.select(PERSON.fields()).select(keyset.fields()).from(PERSON).where(wanted), PersonStore::person);
    }

    /// Those of these whom there are, in no order.
    List<Person> people(Collection<UUID> ids) {
        return sql.selectFrom(PERSON)
                .where(PERSON.ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                .fetch(PersonStore::person);
    }

    boolean isEmpty() {
        return !sql.fetchExists(PERSON);
    }

    /// Whether there are people and this is the only administrator among them.
    boolean isLastAdministrator(Person.Id id) {
        return !sql.fetchExists(PERSON, PERSON.ADMINISTRATOR.isTrue().and(PERSON.ID.ne(id.value())))
                && sql.fetchExists(PERSON, PERSON.ID.ne(id.value()));
    }

    /// Makes everybody else who decides by who else there is wait until the transaction ends: the first
    /// to register, the last to go.
    void lockEveryone() {
        sql.select(DSL.field("pg_advisory_xact_lock(hashtext('identity people'))"))
                .fetch();
    }

    /// Adds a person; false when the e-mail address is taken.
    boolean insert(Person person, Secret passwordHash) {
        boolean inserted = sql.insertInto(PERSON)
                        .set(PERSON.ID, person.id().value())
                        .set(PERSON.NAME, person.profile().name())
                        .set(PERSON.EMAIL, person.email().value())
                        .set(PERSON.EMAIL_KEY, person.email().key())
                        .set(PERSON.PASSWORD_HASH, passwordHash.value())
                        .set(PERSON.ADMINISTRATOR, person.administrator())
                        .set(PERSON.TIME_ZONE, person.profile().timeZone().getId())
                        .set(PERSON.CREATED_AT, person.createdAt())
                        .set(PERSON.UPDATED_AT, person.updatedAt())
                        .set(PERSON.VERSION, person.version())
                        .onConflict(PERSON.EMAIL_KEY)
                        .doNothing()
                        .execute()
                == 1;
        if (inserted) {
            append(person.id(), PersonEvent.CREATED);
        }
        return inserted;
    }

    /// Writes profile and version.
    void update(Person person) {
        sql.update(PERSON)
                .set(PERSON.NAME, person.profile().name())
                .set(PERSON.TIME_ZONE, person.profile().timeZone().getId())
                .set(PERSON.UPDATED_AT, person.updatedAt())
                .set(PERSON.VERSION, person.version())
                .where(PERSON.ID.eq(person.id().value()))
                .execute();
        append(person.id(), PersonEvent.CHANGED);
    }

    /// Puts one password hash in place of another; false when it was no longer that one.
    boolean replacePassword(Person.Id id, Secret before, Secret after) {
        return sql.update(PERSON)
                        .set(PERSON.PASSWORD_HASH, after.value())
                        .where(PERSON.ID.eq(id.value()), PERSON.PASSWORD_HASH.eq(before.value()))
                        .execute()
                == 1;
    }

    /// Whether this still is the password's hash; if so it stays until the transaction ends.
    boolean holdPassword(Person.Id id, Secret hash) {
        return sql.selectOne()
                .from(PERSON)
                .where(PERSON.ID.eq(id.value()), PERSON.PASSWORD_HASH.eq(hash.value()))
                .forShare()
                .fetchOptional()
                .isPresent();
    }

    /// Removes a person with all that proves who it is.
    void delete(Person.Id id) {
        sql.deleteFrom(PERSON).where(PERSON.ID.eq(id.value())).execute();
        outbox.append("user", Event.of(PersonEvent.DELETED.type(), id.value(), id.value()));
    }

    /// What writes an event of each account that was there before.
    Snapshot snapshot() {
        return outbox.snapshot(List.of(EVENTS));
    }

    /// Writes an event of an account that its owner is the cause of.
    void append(Person.Id id, PersonEvent event) {
        outbox.append(EVENTS, Event.of(event.type(), id.value(), id.value()));
    }

    private static Person person(Record row) {
        return new Person(
                new Person.Id(row.get(PERSON.ID)),
                new Person.Profile(row.get(PERSON.NAME), ZoneId.of(row.get(PERSON.TIME_ZONE))),
                new Person.Email(row.get(PERSON.EMAIL)),
                row.get(PERSON.ADMINISTRATOR),
                row.get(PERSON.CREATED_AT),
                row.get(PERSON.UPDATED_AT),
                row.get(PERSON.VERSION));
    }
}
