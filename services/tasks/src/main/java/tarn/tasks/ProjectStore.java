package tarn.tasks;

import static tarn.tasks.sql.Tables.MEMBER;
import static tarn.tasks.sql.Tables.PROJECT;
import static tarn.tasks.sql.Tables.TASK;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
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
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.CollationKeys;
import tarn.platform.TimeZones;
import tarn.platform.database.DerivedColumns;
import tarn.platform.database.Keyset;
import tarn.platform.database.LongTexts;
import tarn.platform.database.RenderedQuery;
import tarn.platform.database.SearchColumn;
import tarn.platform.event.Event;
import tarn.platform.event.EventRows;
import tarn.platform.event.Outbox;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.search.SearchQuery;

/// SQL access to projects as their members see them; writes append events, and a lock for each
/// project lets changes of its order and tree wait for each other.
@Singleton
final class ProjectStore {

    private static final Map<String, Field<?>> SORTABLE =
            Map.of("name", PROJECT.NAME_KEY, "createdAt", PROJECT.CREATED_AT, "updatedAt", PROJECT.UPDATED_AT);

    private static final LongTexts<UUID> LONG = LongTexts.of(PROJECT, PROJECT.ID, List.of(PROJECT.DESCRIPTION));

    /// Tasks counted per project, since counting costs time on every read.
    static final int MAX_COUNTED = 10_000;

    /// A range of one project, which PostgreSQL takes for 0.5 % of the tasks and reads from the covering
    /// index; of an equality it assumes every project to be as large as the largest, and scans the table.
    private static final Table<?> COUNTED = DSL.select(TASK.STATUS, TASK.ARCHIVED)
            .from(TASK)
            .where(TASK.PROJECT_ID.between(PROJECT.ID).and(PROJECT.ID), TASK.DELETED_AT.isNull())
            .limit(DSL.inline(MAX_COUNTED))
            .asTable("counted");

    /// Numbers of open and completed tasks without archived ones, and of all that were counted.
    static final Field<Integer[]> TASKS = DSL.field(DSL.select(DSL.array(countOf("open"), countOf("done"), DSL.count()))
                    .from(COUNTED))
            .as("tasks");

    /// Payload of a project's events.
    static final EventRows EVENTS = EventRows.of("project", PROJECT, PROJECT.ID)
            .text("name", PROJECT.NAME)
            .text("description", PROJECT.DESCRIPTION)
            .value("color", PROJECT.COLOR)
            .value("emoji", PROJECT.EMOJI)
            .value("archived", PROJECT.ARCHIVED)
            .value("timeZone", PROJECT.TIME_ZONE)
            .value("createdBy", PROJECT.CREATED_BY)
            .value("createdAt", PROJECT.CREATED_AT)
            .value("updatedBy", PROJECT.UPDATED_BY)
            .value("updatedAt", PROJECT.UPDATED_AT)
            .value("deletedAt", PROJECT.DELETED_AT)
            .value("version", PROJECT.VERSION);

    static final SearchColumn SEARCH = SearchColumn.of(PROJECT);

    /// Columns that are computed from the texts of a project.
    static final DerivedColumns.Derivation DERIVED = new DerivedColumns.Derivation(
            DerivedColumns::searchAndCollation,
            PROJECT,
            PROJECT.ID,
            List.of(PROJECT.NAME, PROJECT.DESCRIPTION),
            row -> derived(row.get(PROJECT.NAME), row.get(PROJECT.DESCRIPTION)));

    private final Outbox outbox;
    private final DSLContext sql;
    private final RenderedQuery role;

    ProjectStore(TasksDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
        this.role = new RenderedQuery(
                sql,
                List.of(MEMBER.ROLE),
                sql.select(MEMBER.ROLE)
                        .from(MEMBER)
                        .join(PROJECT)
                        .on(PROJECT.ID.eq(MEMBER.PROJECT_ID))
                        .where(
                                MEMBER.PROJECT_ID.eq(DSL.param("project", UUID.class)),
                                MEMBER.USER_ID.eq(DSL.param("member", UUID.class)),
                                PROJECT.DELETED_AT.isNull()));
    }

    private static Field<Integer> countOf(String status) {
        return DSL.count()
                .filterWhere(
                        COUNTED.field(TASK.STATUS).eq(DSL.inline(status)),
                        COUNTED.field(TASK.ARCHIVED).isFalse());
    }

    /// A project of this member, deleted or not.
    Optional<Project> project(UUID member, Project.Id id) {
        return seenBy(List.of(PROJECT.fields()), member, DSL.noCondition(), List.of())
                .and(PROJECT.ID.eq(id.value()))
                .fetchOptional(ProjectStore::project);
    }

    /// A user's role in a project; empty when not a member, or the project is deleted.
    Optional<Project.Role> role(UUID member, Project.Id id) {
        return role.fetchOptional(row -> roleNamed(row.get(MEMBER.ROLE)), id.value(), member);
    }

    /// A user's role in a project, if sufficient.
    ///
    /// @throws Refusal.NotFound when the user is no member, or the project is deleted
    /// @throws Refusal.Forbidden when the role is lower than `least`
    Project.Role require(UUID member, Project.Id id, Project.Role least) {
        Project.Role own = role(member, id).orElseThrow(() -> new Refusal.NotFound("project"));
        Project.require(own, least);
        return own;
    }

    /// @param text words of name and description; null for all
    Page<Project> of(
            UUID member,
            @Nullable String text,
            @Nullable Boolean archived,
            boolean deleted,
            String sort,
            @Nullable String cursor,
            @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, PROJECT.ID, sort, cursor, limit);
        Condition wanted = deleted ? PROJECT.DELETED_AT.isNotNull() : PROJECT.DELETED_AT.isNull();
        if (archived != null) {
            wanted = wanted.and(PROJECT.ARCHIVED.eq(archived));
        }
        if (text != null) {
            wanted = wanted.and(SEARCH.matches(SearchQuery.of(text)));
        }
        return keyset.page(
                sql,
                seenBy(LONG.in(List.of(PROJECT.fields())), member, wanted, keyset.fields()),
                LONG,
                DSL.noCondition(),
                ProjectStore::project);
    }

    private SelectConditionStep<Record> seenBy(
            List<? extends Field<?>> columns, UUID member, Condition wanted, List<? extends Field<?>> more) {
        return sql.select(columns)
                .select(MEMBER.ROLE, TASKS)
                .select(more)
                .from(PROJECT)
                .join(MEMBER)
                .on(MEMBER.PROJECT_ID.eq(PROJECT.ID))
                .where(MEMBER.USER_ID.eq(member))
                .and(wanted);
    }

    /// @param importedFrom format of the imported file; null for none
    void insert(Project project, UUID creator, @Nullable String importedFrom) {
        sql.insertInto(PROJECT)
                .set(PROJECT.ID, project.id().value())
                .set(PROJECT.NAME, project.content().name())
                .set(PROJECT.DESCRIPTION, project.content().description())
                .set(PROJECT.COLOR, project.content().color().text())
                .set(PROJECT.EMOJI, project.content().emoji())
                .set(PROJECT.ARCHIVED, project.content().archived())
                .set(PROJECT.TIME_ZONE, project.content().timeZone().getId())
                .set(PROJECT.CREATED_BY, creator)
                .set(PROJECT.CREATED_AT, project.createdAt())
                .set(PROJECT.UPDATED_AT, project.updatedAt())
                .set(PROJECT.UPDATED_BY, creator)
                .set(derived(project.content().name(), project.content().description()))
                .execute();
        append(
                project.id(),
                creator,
                ProjectEvent.CREATED,
                importedFrom == null ? Map.of() : Map.of("importedFrom", importedFrom));
    }

    void update(Project.Id id, Project.Content content, UUID user, Instant now) {
        sql.update(PROJECT)
                .set(PROJECT.NAME, content.name())
                .set(PROJECT.DESCRIPTION, content.description())
                .set(PROJECT.COLOR, content.color().text())
                .set(PROJECT.EMOJI, content.emoji())
                .set(PROJECT.ARCHIVED, content.archived())
                .set(PROJECT.TIME_ZONE, content.timeZone().getId())
                .set(PROJECT.UPDATED_AT, now)
                .set(PROJECT.UPDATED_BY, user)
                .set(derived(content.name(), content.description()))
                .set(PROJECT.VERSION, PROJECT.VERSION.plus(1))
                .where(PROJECT.ID.eq(id.value()))
                .execute();
        append(id, user, ProjectEvent.CHANGED, Map.of());
    }

    /// @param at null to restore
    void markDeleted(Project.Id id, UUID user, @Nullable Instant at) {
        sql.update(PROJECT)
                .set(PROJECT.DELETED_AT, at)
                .set(PROJECT.VERSION, PROJECT.VERSION.plus(1))
                .where(PROJECT.ID.eq(id.value()))
                .execute();
        append(id, user, at == null ? ProjectEvent.RESTORED : ProjectEvent.DELETED, Map.of());
    }

    /// Serialises changes to the project's order and tree until the end of the transaction.
    void lock(Project.Id id) {
        sql.selectOne()
                .from(PROJECT)
                .where(PROJECT.ID.eq(id.value()))
                .forNoKeyUpdate()
                .fetch();
    }

    /// Locks all projects of a member until the end of the transaction, as [#lock] does.
    void lockThoseOf(UUID member) {
        sql.selectOne()
                .from(PROJECT)
                .where(PROJECT.ID.in(DSL.select(MEMBER.PROJECT_ID).from(MEMBER).where(MEMBER.USER_ID.eq(member))))
                .orderBy(PROJECT.ID)
                .forNoKeyUpdate()
                .fetch();
    }

    /// Sets the zone of a creator's projects that have none and were last changed before a
    /// timestamp, with their events.
    void convertTimeZones(Instant changed, UUID creator, ZoneId zone) {
        if (zone.equals(TimeZones.UTC)) {
            return;
        }
        List<Event> events = sql
                .update(PROJECT)
                .set(PROJECT.TIME_ZONE, zone.getId())
                .set(PROJECT.VERSION, PROJECT.VERSION.plus(1))
                .where(
                        PROJECT.CREATED_BY.eq(creator),
                        PROJECT.UPDATED_AT.lt(changed),
                        PROJECT.TIME_ZONE.eq(TimeZones.UTC.getId()))
                .returning(PROJECT.ID)
                .fetch(PROJECT.ID)
                .stream()
                .map(id -> Event.of(ProjectEvent.CHANGED.type(), id, null))
                .toList();
        outbox.append(EVENTS, events);
    }

    private void append(Project.Id id, UUID user, ProjectEvent event, Map<String, ?> more) {
        outbox.append(EVENTS, Event.of(event.type(), id.value(), user).saying(more));
    }

    private static Map<Field<?>, @Nullable Object> derived(String name, String description) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        SEARCH.put(row, name, description);
        row.put(PROJECT.NAME_KEY, CollationKeys.of(name));
        return row;
    }

    static Project.Role roleNamed(String text) {
        return Project.Role.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static Project project(Record row) {
        Integer[] tasks = row.get(TASKS);
        return new Project(
                new Project.Id(row.get(PROJECT.ID)),
                new Project.Content(
                        row.get(PROJECT.NAME),
                        row.get(PROJECT.DESCRIPTION),
                        Color.named(row.get(PROJECT.COLOR)),
                        row.get(PROJECT.EMOJI),
                        row.get(PROJECT.ARCHIVED),
                        TimeZones.namedOrUtc(row.get(PROJECT.TIME_ZONE))),
                roleNamed(row.get(MEMBER.ROLE)),
                tasks[0],
                tasks[1],
                tasks[2] == MAX_COUNTED,
                row.get(PROJECT.CREATED_AT),
                row.get(PROJECT.UPDATED_AT),
                row.get(PROJECT.UPDATED_BY),
                row.get(PROJECT.DELETED_AT),
                row.get(PROJECT.VERSION));
    }
}
