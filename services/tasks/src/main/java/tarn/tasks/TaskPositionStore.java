package tarn.tasks;

import static tarn.tasks.sql.Tables.MEMBER;
import static tarn.tasks.sql.Tables.PROJECT;
import static tarn.tasks.sql.Tables.TASK;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.database.RenderedQuery;
import tarn.platform.event.Event;
import tarn.platform.event.Outbox;

/// SQL access to the order of tasks: where new ones go, moves with their events, and shorter
/// positions for a whole project.
@Singleton
final class TaskPositionStore {

    /// Where a task would be created.
    ///
    /// @param role what the caller may do in the project
    /// @param last the last position in the section, deleted tasks included; null when there is none
    record InsertPosition(Project.Role role, @Nullable Position last) {}

    /// Room for a task behind a position of a section, up to the next position there.
    ///
    /// @param lower null for the front of the section
    record Gap(Section.@Nullable Id section, @Nullable Position lower) {}

    private static final Field<Integer> NUMBER = DSL.field(DSL.name("wanted", "number"), Integer.class);
    private static final Field<String> LAST = DSL.field(DSL.name("last"), String.class);
    private static final Field<String> NEXT = DSL.field(DSL.name("next"), String.class);

    private final Outbox outbox;
    private final DSLContext sql;
    private final RenderedQuery places;
    private final RenderedQuery nextPositions;

    TaskPositionStore(TasksDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
        this.places = new RenderedQuery(sql, List.of(NUMBER, MEMBER.ROLE, LAST), selectPlaces());
        this.nextPositions = new RenderedQuery(sql, List.of(NUMBER, NEXT), selectNextPositions());
    }

    private Select<?> selectPlaces() {
        Table<?> wanted = DSL.table(
                        "unnest({0}, {1}, {2}) with ordinality",
                        DSL.param("members", UUID[].class),
                        DSL.param("projects", UUID[].class),
                        DSL.param("sections", UUID[].class))
                .as("wanted", "member", "project", "section", "number");
        Field<UUID> member = wanted("member", UUID.class);
        Field<UUID> project = wanted("project", UUID.class);
        Field<String> last =
                inSection(section -> lastPosition(project, section)).as(LAST);
        return sql.select(NUMBER, MEMBER.ROLE, last)
                .from(wanted)
                .join(MEMBER)
                .on(MEMBER.PROJECT_ID.eq(project), MEMBER.USER_ID.eq(member))
                .join(PROJECT)
                .on(PROJECT.ID.eq(project), PROJECT.DELETED_AT.isNull());
    }

    private Select<?> selectNextPositions() {
        Table<?> wanted = DSL.table(
                        "unnest({0}, {1}, {2}, {3}) with ordinality",
                        DSL.param("projects", UUID[].class),
                        DSL.param("sections", UUID[].class),
                        DSL.param("lowers", String[].class),
                        DSL.param("excepts", UUID[].class))
                .as("wanted", "project", "section", "lower", "except", "number");
        Field<String> next = inSection(section -> DSL.field(DSL.select(TASK.POSITION)
                .from(TASK)
                .where(
                        TASK.PROJECT_ID.eq(wanted("project", UUID.class)),
                        section,
                        TASK.POSITION.gt(wanted("lower", String.class)),
                        TASK.ID.ne(wanted("except", UUID.class)))
                .orderBy(TASK.SECTION_ID, TASK.POSITION)
                .limit(DSL.inline(1))));
        return sql.select(NUMBER, next.as(NEXT)).from(wanted);
    }

    private static <T> Field<T> wanted(String column, Class<T> type) {
        return DSL.field(DSL.name("wanted", column), type);
    }

    /// What a query gives for the wanted section, or for tasks in no section. Two queries, because an index does not
    /// serve "is not distinct from".
    private static Field<String> inSection(Function<Condition, Field<String>> query) {
        Field<UUID> section = wanted("section", UUID.class);
        return DSL.when(section.isNull(), query.apply(TASK.SECTION_ID.isNull()))
                .otherwise(query.apply(TASK.SECTION_ID.eq(section)));
    }

    /// For each task that shall be created, where it would be; empty when its project is none of the caller's.
    List<Optional<InsertPosition>> places(List<NewTask> tasks) {
        UUID[] members = tasks.stream().map(NewTask::user).toArray(UUID[]::new);
        UUID[] projects = tasks.stream().map(task -> task.project().value()).toArray(UUID[]::new);
        UUID[] sections =
                tasks.stream().map(task -> value(task.content().section())).toArray(UUID[]::new);
        Map<Integer, InsertPosition> found = new HashMap<>();
        places.fetch(row -> found.put(row.get(NUMBER), place(row)), members, projects, sections);
        return IntStream.rangeClosed(1, tasks.size())
                .mapToObj(number -> Optional.ofNullable(found.get(number)))
                .toList();
    }

    private static InsertPosition place(Record row) {
        String last = row.get(LAST);
        return new InsertPosition(
                ProjectStore.roleNamed(row.get(MEMBER.ROLE)), last == null ? null : new Position(last));
    }

    private static @Nullable UUID value(Section.@Nullable Id section) {
        return section == null ? null : section.value();
    }

    /// The last position in a section, deleted tasks included; null when there is none.
    @Nullable
    Position last(Project.Id project, Section.@Nullable Id section) {
        Condition in = section == null ? TASK.SECTION_ID.isNull() : TASK.SECTION_ID.eq(section.value());
        return sql.select(lastPosition(DSL.val(project.value()), in))
                .fetchSingle(row -> row.value1() == null ? null : new Position(row.value1()));
    }

    /// Names the section in the order too: of `is null` the planner does not know that it leaves the index sorted.
    private static Field<String> lastPosition(Field<UUID> project, Condition inSection) {
        return DSL.field(DSL.select(TASK.POSITION)
                .from(TASK)
                .where(TASK.PROJECT_ID.eq(project), inSection)
                .orderBy(TASK.SECTION_ID.desc(), TASK.POSITION.desc())
                .limit(DSL.inline(1)));
    }

    /// Where each gap ends: at the nearest position behind it, deleted tasks included. Not among the keys when nothing
    /// stands behind it.
    ///
    /// @param moving for each gap the task that is moved there, whose own position does not count
    Map<Gap, Position> ends(Project.Id project, Map<Gap, Task.Id> moving) {
        List<Gap> gaps = List.copyOf(moving.keySet());
        UUID[] projects = gaps.stream().map(gap -> project.value()).toArray(UUID[]::new);
        UUID[] sections = gaps.stream().map(gap -> value(gap.section())).toArray(UUID[]::new);
        String[] lowers = gaps.stream()
                .map(gap -> gap.lower() == null ? "" : gap.lower().key())
                .toArray(String[]::new);
        UUID[] excepts = gaps.stream()
                .map(gap -> Objects.requireNonNull(moving.get(gap)).value())
                .toArray(UUID[]::new);
        Map<Gap, Position> ends = new HashMap<>();
        nextPositions
                .fetch(
                        row -> Map.entry(row.get(NUMBER), Optional.ofNullable(row.get(NEXT))),
                        projects,
                        sections,
                        lowers,
                        excepts)
                .forEach(next ->
                        next.getValue().ifPresent(key -> ends.put(gaps.get(next.getKey() - 1), new Position(key))));
        return ends;
    }

    /// Writes where these tasks have been moved to, by whom and when, each with its event.
    void move(List<Task> tasks, List<Event> events) {
        sql.execute(
                """
                update tasks.task set section_id = moved.section_id, position = moved.position,
                    updated_at = moved.updated_at, updated_by = moved.updated_by, version = moved.version
                from unnest({0}, {1}, {2}, {3}, {4}, {5})
                    as moved (id, section_id, position, updated_at, updated_by, version)
                where task.id = moved.id
                """,
                values(tasks, UUID[]::new, task -> task.id().value()),
                values(tasks, UUID[]::new, task -> value(task.content().section())),
                values(tasks, String[]::new, task -> task.position().key()),
                values(tasks, Instant[]::new, Task::updatedAt),
                values(tasks, UUID[]::new, Task::updatedBy),
                values(tasks, Long[]::new, Task::version));
        outbox.append(TaskStore.EVENTS, events);
    }

    private static <T> Field<T[]> values(List<Task> tasks, IntFunction<T[]> array, Function<Task, @Nullable T> value) {
        return DSL.val(tasks.stream().map(value).toArray(array));
    }

    /// Gives all tasks of a project short positions in the order they have; nothing else of them changes. The caller
    /// has locked the project.
    void renew(Project.Id project, UUID user) {
        // Rows are locked in the order of their ids, as by everything that locks several.
        sql.selectOne()
                .from(TASK)
                .where(TASK.PROJECT_ID.eq(project.value()))
                .orderBy(TASK.ID)
                .forNoKeyUpdate()
                .fetch();
        List<UUID> ids = sql.select(TASK.ID)
                .from(TASK)
                .where(TASK.PROJECT_ID.eq(project.value()))
                .orderBy(TASK.POSITION, TASK.ID)
                .fetch(TASK.ID);
        List<String> positions =
                Position.sequence(ids.size()).stream().map(Position::key).toList();
        sql.execute("""
                update tasks.task set position = renewed.position
                from unnest({0}, {1}) as renewed (id, position)
                where task.id = renewed.id
                """, DSL.val(ids.toArray(UUID[]::new)), DSL.val(positions.toArray(String[]::new)));
        outbox.append(TaskStore.EVENTS, TaskStore.events(ids, user, TaskEvent.CHANGED));
    }
}
