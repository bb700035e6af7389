package tarn.tasks;

import static tarn.tasks.sql.Tables.ITEM;
import static tarn.tasks.sql.Tables.MEMBER;
import static tarn.tasks.sql.Tables.PROJECT;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.CollationKeys;
import tarn.platform.database.DerivedColumns;
import tarn.platform.database.Keyset;
import tarn.platform.database.LongTexts;
import tarn.platform.event.Event;
import tarn.platform.event.EventRows;
import tarn.platform.event.Outbox;
import tarn.platform.http.Page;

/// SQL access to items that a user may see, and to pending totals of all users. Writing an item of
/// a project appends its event; items in no project have none.
@Singleton
final class ItemStore {

    private static final Map<String, Field<?>> SORTABLE =
            Map.of("name", ITEM.NAME_KEY, "createdAt", ITEM.CREATED_AT, "updatedAt", ITEM.UPDATED_AT);

    /// An item with the role of the user who reads it; owner for the user's own items.
    record Seen(Item item, Project.Role role) {}

    /// Conditions of a list of items.
    ///
    /// @param project null for all that the caller may see
    /// @param own only items in no project
    /// @param text part of the name; null for all
    record Filter(
            Project.@Nullable Id project,
            boolean own,
            @Nullable String text,
            boolean deleted) {}

    /// The total of the items in one currency.
    ///
    /// @param currency null for items that are not money
    /// @param total of the items with a known total
    /// @param exact whether none of these is rounded
    /// @param items number of items
    /// @param unknown number of items without a total
    record Sum(@Nullable Currency currency, BigDecimal total, boolean exact, int items, int unknown) {}

    /// Payload of the events of items in projects; other items have none, because only their
    /// creator sees them.
    static final EventRows EVENTS = EventRows.of("item", ITEM, ITEM.ID)
            .only(ITEM.PROJECT_ID.isNotNull())
            .value("projectId", ITEM.PROJECT_ID)
            .text("name", ITEM.NAME)
            .text("description", ITEM.DESCRIPTION)
            .value("quantity", ITEM.QUANTITY)
            .text("unit", ITEM.UNIT)
            .value("unitPrice", ITEM.UNIT_PRICE)
            .value("currency", ITEM.CURRENCY)
            .text("formula", ITEM.FORMULA)
            .value("total", ITEM.TOTAL)
            .value("totalState", ITEM.TOTAL_STATE)
            .value("totalExact", ITEM.TOTAL_EXACT)
            .value("createdBy", ITEM.CREATED_BY)
            .value("createdAt", ITEM.CREATED_AT)
            .value("updatedBy", ITEM.UPDATED_BY)
            .value("updatedAt", ITEM.UPDATED_AT)
            .value("deletedAt", ITEM.DELETED_AT)
            .value("version", ITEM.VERSION);

    /// Columns that are computed from the name of an item.
    static final DerivedColumns.Derivation DERIVED = new DerivedColumns.Derivation(
            CollationKeys::version,
            ITEM,
            ITEM.ID,
            List.of(ITEM.NAME),
            row -> Map.of(ITEM.NAME_KEY, CollationKeys.of(row.get(ITEM.NAME))));

    private final Outbox outbox;
    private final DSLContext sql;

    private static final LongTexts<UUID> LONG = LongTexts.of(ITEM, ITEM.ID, List.of(ITEM.DESCRIPTION));

    ItemStore(TasksDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
    }

    /// An item that the user may see, deleted or not.
    Optional<Seen> item(UUID user, Item.Id id) {
        return seenBy(List.of(ITEM.fields()), user, List.of())
                .and(ITEM.ID.eq(id.value()))
                .fetchOptional(ItemStore::seen);
    }

    /// An item that the user may see, deleted or not, locked until the end of the transaction.
    Optional<Seen> itemToChange(UUID user, Item.Id id) {
        sql.selectOne()
                .from(ITEM)
                .where(ITEM.ID.eq(id.value()))
                .forNoKeyUpdate()
                .fetch();
        return item(user, id);
    }

    Page<Item> of(UUID user, Filter filter, String sort, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, ITEM.ID, sort, cursor, limit);
        return keyset.page(
                sql,
                seenBy(LONG.in(List.of(ITEM.fields())), user, keyset.fields()).and(condition(user, filter)),
                LONG,
                DSL.noCondition(),
                row -> seen(row).item());
    }

    private SelectConditionStep<Record> seenBy(
            List<? extends Field<?>> columns, UUID user, List<? extends Field<?>> more) {
        Condition shared = MEMBER.ROLE.isNotNull().and(PROJECT.DELETED_AT.isNull());
        return sql.select(columns)
                .select(MEMBER.ROLE)
                .select(more)
                .from(ITEM)
                .leftJoin(PROJECT)
                .on(PROJECT.ID.eq(ITEM.PROJECT_ID))
                .leftJoin(MEMBER)
                .on(MEMBER.PROJECT_ID.eq(ITEM.PROJECT_ID), MEMBER.USER_ID.eq(user))
                .where(own(user).or(shared));
    }

    private static Condition own(UUID user) {
        return ITEM.PROJECT_ID.isNull().and(ITEM.CREATED_BY.eq(user));
    }

    private static Condition condition(UUID user, Filter filter) {
        Condition wanted = filter.deleted() ? ITEM.DELETED_AT.isNotNull() : ITEM.DELETED_AT.isNull();
        if (filter.project() != null) {
            wanted = wanted.and(ITEM.PROJECT_ID.eq(filter.project().value()));
        }
        if (filter.own()) {
            wanted = wanted.and(own(user));
        } else if (filter.project() == null) {
            // Said once more in a way that indexes serve: otherwise everybody's items would be gone through.
            Field<UUID[]> projects =
                    DSL.array(DSL.select(MEMBER.PROJECT_ID).from(MEMBER).where(MEMBER.USER_ID.eq(user)));
            wanted = wanted.and(own(user).or(ITEM.PROJECT_ID.eq(DSL.any(projects))));
        }
        if (filter.text() != null) {
            wanted = wanted.and(ITEM.NAME.containsIgnoreCase(filter.text()));
        }
        return wanted;
    }

    /// The totals of a project's items by currency, items without one last.
    List<Sum> sums(Project.Id project) {
        return sums(ITEM.PROJECT_ID.eq(project.value()));
    }

    /// The totals of the user's own items by currency, items without one last.
    List<Sum> ownSums(UUID user) {
        return sums(own(user));
    }

    private List<Sum> sums(Condition which) {
        Field<BigDecimal> total =
                DSL.coalesce(DSL.sum(ITEM.TOTAL), BigDecimal.ZERO).as("sum");
        Field<Boolean> exact = DSL.coalesce(DSL.boolAnd(ITEM.TOTAL.isNull().or(ITEM.TOTAL_EXACT)), true)
                .as("exact");
        Field<Integer> items = DSL.count().as("items");
        Field<Integer> known = DSL.count(ITEM.TOTAL).as("known");
        return sql.select(ITEM.CURRENCY, total, exact, items, known)
                .from(ITEM)
                .where(which, ITEM.DELETED_AT.isNull())
                .groupBy(ITEM.CURRENCY)
                .orderBy(ITEM.CURRENCY.asc().nullsLast())
                .fetch(row -> new Sum(
                        currency(row.get(ITEM.CURRENCY)),
                        row.get(total),
                        row.get(exact),
                        row.get(items),
                        row.get(items) - row.get(known)));
    }

    void insert(Item item) {
        Map<Field<?>, @Nullable Object> row = changed(item);
        row.put(ITEM.ID, item.id().value());
        row.put(ITEM.PROJECT_ID, item.project() == null ? null : item.project().value());
        row.put(ITEM.CREATED_BY, item.createdBy());
        row.put(ITEM.CREATED_AT, item.createdAt());
        sql.insertInto(ITEM).set(row).execute();
        append(item.id(), item.createdBy(), ItemEvent.CREATED);
    }

    void update(Item item, UUID user) {
        sql.update(ITEM).set(changed(item)).where(ITEM.ID.eq(item.id().value())).execute();
        append(item.id(), user, ItemEvent.CHANGED);
    }

    private static Map<Field<?>, @Nullable Object> changed(Item item) {
        Item.Content content = item.content();
        Map<Field<?>, @Nullable Object> row = new HashMap<>();
        row.put(ITEM.NAME, content.name());
        row.put(ITEM.NAME_KEY, CollationKeys.of(content.name()));
        row.put(ITEM.DESCRIPTION, content.description());
        row.put(ITEM.QUANTITY, content.quantity());
        row.put(ITEM.UNIT, content.unit());
        row.put(ITEM.UNIT_PRICE, content.unitPrice());
        row.put(
                ITEM.CURRENCY,
                content.currency() == null ? null : content.currency().getCurrencyCode());
        row.put(ITEM.FORMULA, content.formula());
        row.put(ITEM.TOTAL, item.total().value());
        row.put(ITEM.TOTAL_STATE, item.total().state().name().toLowerCase(Locale.ROOT));
        row.put(ITEM.TOTAL_EXACT, item.total().exact());
        row.put(ITEM.UPDATED_AT, item.updatedAt());
        row.put(ITEM.UPDATED_BY, item.updatedBy());
        row.put(ITEM.VERSION, item.version());
        return row;
    }

    /// @param at null to restore
    void markDeleted(Item.Id id, UUID user, @Nullable Instant at) {
        sql.update(ITEM)
                .set(ITEM.DELETED_AT, at)
                .set(ITEM.VERSION, ITEM.VERSION.plus(1))
                .where(ITEM.ID.eq(id.value()))
                .execute();
        append(id, user, at == null ? ItemEvent.RESTORED : ItemEvent.DELETED);
    }

    /// Moves the user's own items to the trash.
    void removeOwn(UUID user, Instant at) {
        sql.update(ITEM)
                .set(ITEM.DELETED_AT, at)
                .set(ITEM.VERSION, ITEM.VERSION.plus(1))
                .where(own(user), ITEM.DELETED_AT.isNull())
                .execute();
    }

    private void append(Item.Id id, UUID user, ItemEvent event) {
        outbox.append(EVENTS, Event.of(event.type(), id.value(), user));
    }

    /// Items outside the trash whose totals are pending, without the caller's role.
    List<Item> pending(int most) {
        return sql.selectFrom(ITEM)
                .where(ITEM.TOTAL_STATE.eq(DSL.inline("pending")), ITEM.DELETED_AT.isNull())
                .orderBy(ITEM.UPDATED_AT)
                .limit(most)
                .fetch(ItemStore::item);
    }

    /// Stores a total unless the item has been changed since it was read; returns whether it did.
    boolean storeTotal(Item item) {
        int stored = sql.update(ITEM)
                .set(changed(item))
                .where(ITEM.ID.eq(item.id().value()), ITEM.VERSION.eq(item.version() - 1), ITEM.DELETED_AT.isNull())
                .execute();
        if (stored == 0) {
            return false;
        }
        outbox.append(EVENTS, Event.of(ItemEvent.CHANGED.type(), item.id().value(), null));
        return true;
    }

    private static Seen seen(Record row) {
        String role = row.get(MEMBER.ROLE);
        return new Seen(item(row), role == null ? Project.Role.OWNER : ProjectStore.roleNamed(role));
    }

    private static Item item(Record row) {
        UUID project = row.get(ITEM.PROJECT_ID);
        return new Item(
                new Item.Id(row.get(ITEM.ID)),
                project == null ? null : new Project.Id(project),
                new Item.Content(
                        row.get(ITEM.NAME),
                        row.get(ITEM.DESCRIPTION),
                        row.get(ITEM.QUANTITY),
                        row.get(ITEM.UNIT),
                        row.get(ITEM.UNIT_PRICE),
                        currency(row.get(ITEM.CURRENCY)),
                        row.get(ITEM.FORMULA)),
                new Item.Total(
                        Item.TotalState.valueOf(row.get(ITEM.TOTAL_STATE).toUpperCase(Locale.ROOT)),
                        row.get(ITEM.TOTAL),
                        row.get(ITEM.TOTAL_EXACT)),
                row.get(ITEM.CREATED_BY),
                row.get(ITEM.CREATED_AT),
                row.get(ITEM.UPDATED_AT),
                row.get(ITEM.UPDATED_BY),
                row.get(ITEM.DELETED_AT),
                row.get(ITEM.VERSION));
    }

    private static @Nullable Currency currency(@Nullable String code) {
        return code == null ? null : Currency.getInstance(code);
    }
}
