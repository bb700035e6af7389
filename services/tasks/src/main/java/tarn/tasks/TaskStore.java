package tarn.tasks;

import static tarn.tasks.sql.Tables.ASSIGNEE;
import static tarn.tasks.sql.Tables.LABEL;
import static tarn.tasks.sql.Tables.MEMBER;
import static tarn.tasks.sql.Tables.PROJECT;
import static tarn.tasks.sql.Tables.SECTION;
import static tarn.tasks.sql.Tables.TASK;
import static tarn.tasks.sql.Tables.TASK_LABEL;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SelectOnConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import tarn.platform.CollationKeys;
import tarn.platform.database.DerivedColumns;
import tarn.platform.database.Keyset;
import tarn.platform.database.LongTexts;
import tarn.platform.database.RenderedList;
import tarn.platform.database.RenderedQuery;
import tarn.platform.database.RowReader;
import tarn.platform.database.SearchColumn;
import tarn.platform.database.ServiceDatabase;
import tarn.platform.event.Event;
import tarn.platform.event.EventRows;
import tarn.platform.event.Outbox;
import tarn.platform.event.RequestTrace;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;

/// SQL access to tasks as the members of their projects see them, also in the trash; creating and
/// updating tasks appends their events. Reads asked for at the same time share a query, at most 64.
@Singleton
final class TaskStore {

    /// A task, and what the member who asks may do in its project.
    record Seen(Task task, UUID member, Project.Role role) {

        /// The task, which may be in the trash.
        ///
        /// @param expected the version the member has read; null for any
        /// @throws Refusal.Forbidden when the member may not change it
        /// @throws Refusal.Outdated when it is not in the trash and has another version
        Task editable(@Nullable Long expected) {
            Project.require(role, Project.Role.EDITOR);
            if (task.deletedAt() == null) {
                task.requireVersion(expected);
            }
            return task;
        }
    }

    /// A new task.
    ///
    /// @param trace of the request that creates it; null when it has none
    record Created(Task task, @Nullable String trace) {}

    /// A task that a user asks for.
    record TaskRead(UUID member, Task.Id id) {}

    private static final int BATCH = 500;

    /// How many tasks are read, or opened, at most with one query.
    static final int MAX_AT_ONCE = 64;

    /// How long others wait for such a query, or transaction, before they begin a second one.
    static final Duration MAX_LINGER = Duration.ofMillis(5);

    private static Map<String, Field<?>> sortable(ZoneId zone) {
        return Map.of(
                "position", TASK.POSITION,
                "due", DueDateStore.key(zone),
                "priority", TASK.PRIORITY,
                "title", TASK.TITLE_KEY,
                "createdAt", TASK.CREATED_AT,
                "updatedAt", TASK.UPDATED_AT);
    }

    private static final tarn.tasks.sql.tables.Task CHILD = TASK.as("child");

    private static final Field<UUID[]> ASSIGNEES = DSL.array(
                    DSL.select(ASSIGNEE.USER_ID).from(ASSIGNEE).where(ASSIGNEE.TASK_ID.eq(TASK.ID)))
            .as("assignees");
    private static final Field<UUID[]> LABELS = DSL.array(
                    DSL.select(TASK_LABEL.LABEL_ID).from(TASK_LABEL).where(TASK_LABEL.TASK_ID.eq(TASK.ID)))
            .as("labels");
    /// How many sub-tasks there are, and how many of them are done.
    private static final Field<Integer[]> CHILDREN = DSL.field(DSL.select(DSL.array(
                            DSL.count().cast(SQLDataType.INTEGER),
                            DSL.count()
                                    .filterWhere(CHILD.STATUS.eq(DSL.inline("done")))
                                    .cast(SQLDataType.INTEGER)))
                    .from(CHILD)
                    .where(CHILD.PARENT_ID.eq(TASK.ID), CHILD.DELETED_AT.isNull()))
            .as("children");

    /// In the order in which [#task] reads them.
    private static final List<Field<?>> TASK_COLUMNS = List.of(
            TASK.ID,
            TASK.PROJECT_ID,
            TASK.SECTION_ID,
            TASK.PARENT_ID,
            TASK.TITLE,
            TASK.DESCRIPTION,
            TASK.STATUS,
            TASK.PRIORITY,
            TASK.START_AT,
            TASK.START_ON,
            TASK.DUE_AT,
            TASK.DUE_ON,
            ASSIGNEES,
            LABELS,
            TASK.ARCHIVED,
            TASK.POSITION,
            CHILDREN,
            TASK.COMPLETED_AT,
            TASK.CREATED_BY,
            TASK.CREATED_AT,
            TASK.UPDATED_AT,
            TASK.UPDATED_BY,
            TASK.DELETED_AT,
            TASK.VERSION);

    /// In the order in which [#seen] reads them.
    private static final List<Field<?>> COLUMNS = Stream.concat(
                    TASK_COLUMNS.stream(), Stream.of(MEMBER.USER_ID, MEMBER.ROLE))
            .toList();

    private static final LongTexts<UUID> LONG = LongTexts.of(TASK, TASK.ID, List.of(TASK.DESCRIPTION));

    /// What events say of a task.
    static final EventRows EVENTS = EventRows.of("task", TASK, TASK.ID)
            .value("projectId", TASK.PROJECT_ID)
            .value("sectionId", TASK.SECTION_ID)
            .value("parentId", TASK.PARENT_ID)
            .text("title", TASK.TITLE)
            .text("description", TASK.DESCRIPTION)
            .value("status", TASK.STATUS)
            .value("priority", TASK.PRIORITY)
            .dateOrTime("start", TASK.START_ON, TASK.START_AT)
            .dateOrTime("due", TASK.DUE_ON, TASK.DUE_AT)
            .ids("assignees", DSL.select(ASSIGNEE.USER_ID).from(ASSIGNEE).where(ASSIGNEE.TASK_ID.eq(TASK.ID)))
            .ids("labels", DSL.select(TASK_LABEL.LABEL_ID).from(TASK_LABEL).where(TASK_LABEL.TASK_ID.eq(TASK.ID)))
            .value("archived", TASK.ARCHIVED)
            .value("position", TASK.POSITION)
            .value("completedAt", TASK.COMPLETED_AT)
            .value("createdBy", TASK.CREATED_BY)
            .value("createdAt", TASK.CREATED_AT)
            .value("updatedBy", TASK.UPDATED_BY)
            .value("updatedAt", TASK.UPDATED_AT)
            .value("deletedAt", TASK.DELETED_AT)
            .value("version", TASK.VERSION);

    static final SearchColumn SEARCH = SearchColumn.of(TASK);

    /// Columns that are computed from the texts of a task.
    static final DerivedColumns.Derivation DERIVED = new DerivedColumns.Derivation(
            DerivedColumns::searchAndCollation,
            TASK,
            TASK.ID,
            List.of(TASK.TITLE, TASK.DESCRIPTION),
            row -> derived(row.get(TASK.TITLE), row.get(TASK.DESCRIPTION)));

    private final Outbox outbox;
    private final DSLContext sql;
    private final RenderedQuery byIds;
    private final RenderedList<Task, UUID> lists;
    private final Batcher<TaskRead, Optional<Seen>> reads = new Batcher<>(MAX_LINGER, MAX_AT_ONCE, this::find);

    TaskStore(TasksDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
        this.lists = new RenderedList<>(
                sql,
                LONG.in(COLUMNS),
                LONG,
                row -> seen(row).task(),
                task -> task.id().value(),
                (task, texts) -> task.describedAs(texts.isEmpty() ? "" : texts.getFirst()));
        Table<?> wanted = DSL.table(
                        "unnest({0}, {1})", DSL.param("members", UUID[].class), DSL.param("ids", UUID[].class))
                .as("wanted", "member", "id");
        Field<UUID> id = DSL.field(DSL.name("wanted", "id"), UUID.class);
        Field<UUID> member = DSL.field(DSL.name("wanted", "member"), UUID.class);
        this.byIds = new RenderedQuery(
                sql, COLUMNS, seenBy(COLUMNS, wanted.join(TASK).on(TASK.ID.eq(id)), member, List.of()));
    }

    /// A task of a project that this user is a member of, deleted ones too: as it is committed, read
    /// together with what others ask for at the moment.
    Optional<Seen> committed(UUID member, Task.Id id) {
        return reads.submit(new TaskRead(member, id));
    }

    /// The same, as the present transaction sees it.
    Optional<Seen> task(UUID member, Task.Id id) {
        return find(List.of(new TaskRead(member, id))).getFirst();
    }

    private List<Optional<Seen>> find(List<TaskRead> wanted) {
        Map<TaskRead, Seen> found = tasks(wanted);
        return wanted.stream().map(one -> Optional.ofNullable(found.get(one))).toList();
    }

    /// Those of these that there are, deleted ones too, as the present transaction sees them.
    Map<TaskRead, Seen> tasks(Collection<TaskRead> wanted) {
        UUID[] members = wanted.stream().map(TaskRead::member).toArray(UUID[]::new);
        UUID[] ids = wanted.stream().map(one -> one.id().value()).toArray(UUID[]::new);
        Map<TaskRead, Seen> found = new HashMap<>();
        for (Seen seen : byIds.read(TaskStore::seen, members, ids)) {
            found.put(new TaskRead(seen.member(), seen.task().id()), seen);
        }
        return found;
    }

    /// Nobody else changes these until the transaction ends. Rows are locked in the order of their ids.
    void lock(Collection<Task.Id> ids) {
        sql.selectOne()
                .from(TASK)
                .where(TASK.ID.eq(DSL.any(ids.stream().map(Task.Id::value).toArray(UUID[]::new))))
                .orderBy(TASK.ID)
                .forNoKeyUpdate()
                .fetch();
    }

    /// A task, which nobody else changes until the transaction ends.
    Optional<Seen> taskToChange(UUID member, Task.Id id) {
        // A statement that waits for a lock goes on with the old assignees and labels: so first wait, then read.
        sql.selectOne()
                .from(TASK)
                .where(TASK.ID.eq(id.value()))
                .forNoKeyUpdate()
                .fetch();
        return task(member, id);
    }

    Page<Task> of(UUID member, TaskFilter filter, String sort, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(sortable(filter.zone()), TASK.ID, sort, cursor, limit);
        TaskFilterStore conditions = TaskFilterStore.of(filter);
        Supplier<SelectConditionStep<Record>> query = () ->
                seenBy(LONG.in(COLUMNS), TASK, DSL.val(member), keyset.fields()).where(conditions.condition());
        if (conditions.isPlain() && !sort.contains("due")) {
            List<Object> values = conditions.values();
            values.addFirst(member);
            Optional<Page<Task>> page = lists.page(keyset, conditions.shape(), values, query);
            if (page.isPresent()) {
                return page.get();
            }
        }
        // By due date the order depends on the reader's zone, and no index has it.
        boolean byDue =
                filter.scope().project() != null && Set.of("due", "-due").contains(sort.split(",", 2)[0]);
        Function<Record, Task> mapper = row -> seen(new RowReader(row)).task();
        return byDue
                ? keyset.page(sql, query, DueDateStore.parts(filter.zone()), LONG, DSL.noCondition(), mapper)
                : keyset.page(sql, query.get(), LONG, DSL.noCondition(), mapper);
    }

    /// @param tasks the table of tasks, by itself or joined with others
    private SelectOnConditionStep<Record> seenBy(
            List<? extends Field<?>> columns, Table<?> tasks, Field<UUID> member, List<? extends Field<?>> more) {
        return sql.select(columns)
                .select(more)
                .from(tasks)
                .join(MEMBER)
                .on(MEMBER.PROJECT_ID.eq(TASK.PROJECT_ID), MEMBER.USER_ID.eq(member))
                .join(PROJECT)
                .on(PROJECT.ID.eq(TASK.PROJECT_ID), PROJECT.DELETED_AT.isNull());
    }

    /// Whether something failed because of the tasks it was about.
    boolean isAboutRows(RuntimeException failure) {
        return ServiceDatabase.isAboutRows(failure);
    }

    /// Inserts new tasks, in this order, each with its event.
    void insertAll(List<Created> tasks) {
        for (int from = 0; from < tasks.size(); from += BATCH) {
            List<Created> some = tasks.subList(from, Math.min(tasks.size(), from + BATCH));
            insertBatch(some.stream().map(Created::task).toList());
            outbox.append(EVENTS, some.stream().map(TaskStore::event).toList());
        }
    }

    private static Event event(Created created) {
        Task task = created.task();
        return new Event(
                TaskEvent.CREATED.type(),
                task.id().value(),
                null,
                task.createdBy(),
                created.trace(),
                assigning(task.content().assignees()));
    }

    private static Map<String, ?> assigning(Set<UUID> users) {
        return users.isEmpty() ? Map.of() : Map.of("newAssignees", new TreeSet<>(users));
    }

    private void insertBatch(List<Task> tasks) {
        insertAll(TASK, tasks.stream().map(TaskStore::inserted).toList());
        insertAll(
                ASSIGNEE,
                tasks.stream()
                        .flatMap(task -> task.content().assignees().stream().map(user -> assigned(task, user)))
                        .toList());
        insertAll(
                TASK_LABEL,
                tasks.stream()
                        .flatMap(task -> task.content().labels().stream().map(label -> labelled(task, label)))
                        .toList());
    }

    private void insertAll(Table<?> table, List<Map<Field<?>, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        BatchBindStep batch = sql.batch(sql.insertInto(table).set(rows.getFirst()));
        for (Map<Field<?>, @Nullable Object> row : rows) {
            batch = batch.bind(row.values().toArray());
        }
        batch.execute();
    }

    /// Writes what is different over the task before, with the event that tells of it.
    void update(Task before, Task after, UUID by, TaskEvent event) {
        UUID id = after.id().value();
        Map<Field<?>, @Nullable Object> row = changed(after);
        if (!before.content().hasTextsOf(after.content())) {
            row.putAll(derived(after.content().title(), after.content().description()));
        }
        sql.update(TASK).set(row).where(TASK.ID.eq(id)).execute();
        Set<UUID> gone = without(before.content().assignees(), after.content().assignees());
        if (!gone.isEmpty()) {
            sql.deleteFrom(ASSIGNEE)
                    .where(ASSIGNEE.TASK_ID.eq(id), ASSIGNEE.USER_ID.in(gone))
                    .execute();
        }
        without(after.content().assignees(), before.content().assignees())
                .forEach(user -> sql.insertInto(ASSIGNEE)
                        .set(assigned(after, user))
                        .onConflictDoNothing()
                        .execute());
        Set<Label.Id> taken = without(before.content().labels(), after.content().labels());
        if (!taken.isEmpty()) {
            sql.deleteFrom(TASK_LABEL)
                    .where(TASK_LABEL.TASK_ID.eq(id), TASK_LABEL.LABEL_ID.in(values(taken)))
                    .execute();
        }
        without(after.content().labels(), before.content().labels())
                .forEach(label -> sql.insertInto(TASK_LABEL)
                        .set(labelled(after, label))
                        .onConflictDoNothing()
                        .execute());
        Set<UUID> assigned =
                without(after.content().assignees(), before.content().assignees());
        outbox.append(EVENTS, Event.of(event.type(), id, by).saying(assigning(assigned)));
    }

    /// The columns of a new task.
    static Map<Field<?>, @Nullable Object> inserted(Task task) {
        Map<Field<?>, @Nullable Object> row = changed(task);
        row.put(TASK.ID, task.id().value());
        row.put(TASK.PROJECT_ID, task.project().value());
        row.put(TASK.CREATED_BY, task.createdBy());
        row.put(TASK.CREATED_AT, task.createdAt());
        row.putAll(derived(task.content().title(), task.content().description()));
        return row;
    }

    private static Map<Field<?>, @Nullable Object> changed(Task task) {
        Task.Content content = task.content();
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(
                TASK.SECTION_ID,
                content.section() == null ? null : content.section().value());
        row.put(
                TASK.PARENT_ID,
                content.parent() == null ? null : content.parent().value());
        row.put(TASK.TITLE, content.title());
        row.put(TASK.DESCRIPTION, content.description());
        row.put(TASK.STATUS, text(content.status()));
        row.put(TASK.PRIORITY, content.priority().rank());
        row.putAll(dates(content));
        row.put(TASK.ARCHIVED, content.archived());
        row.put(TASK.POSITION, task.position().key());
        row.put(TASK.COMPLETED_AT, task.completedAt());
        row.put(TASK.UPDATED_AT, task.updatedAt());
        row.put(TASK.UPDATED_BY, task.updatedBy());
        row.put(TASK.DELETED_AT, task.deletedAt());
        row.put(TASK.VERSION, task.version());
        return row;
    }

    private static Map<Field<?>, @Nullable Object> derived(String title, String description) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        SEARCH.put(row, title, description);
        row.put(TASK.TITLE_KEY, CollationKeys.of(title));
        return row;
    }

    private static Map<Field<?>, @Nullable Object> dates(Task.Content content) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(TASK.START_AT, content.start() instanceof DateOrTime.AtTime(Instant time) ? time : null);
        row.put(TASK.START_ON, content.start() instanceof DateOrTime.OnDate(LocalDate date) ? date : null);
        row.put(TASK.DUE_AT, content.due() instanceof DateOrTime.AtTime(Instant time) ? time : null);
        row.put(TASK.DUE_ON, content.due() instanceof DateOrTime.OnDate(LocalDate date) ? date : null);
        return row;
    }

    private static Map<Field<?>, @Nullable Object> assigned(Task task, UUID user) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(ASSIGNEE.TASK_ID, task.id().value());
        row.put(ASSIGNEE.PROJECT_ID, task.project().value());
        row.put(ASSIGNEE.USER_ID, user);
        return row;
    }

    private static Map<Field<?>, @Nullable Object> labelled(Task task, Label.Id label) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(TASK_LABEL.TASK_ID, task.id().value());
        row.put(TASK_LABEL.PROJECT_ID, task.project().value());
        row.put(TASK_LABEL.LABEL_ID, label.value());
        return row;
    }

    /// Whether there is this section, which then stays until the transaction ends.
    boolean hasSection(Project.Id project, Section.Id id) {
        return sql.selectOne()
                .from(SECTION)
                .where(SECTION.PROJECT_ID.eq(project.value()), SECTION.ID.eq(id.value()))
                .forKeyShare()
                .fetch()
                .isNotEmpty();
    }

    /// Those of the users who are not members of the project; members stay until the transaction ends.
    Set<UUID> strangers(Project.Id project, Collection<UUID> users) {
        return without(
                users,
                sql.select(MEMBER.USER_ID)
                        .from(MEMBER)
                        .where(MEMBER.PROJECT_ID.eq(project.value()), MEMBER.USER_ID.in(users))
                        .forKeyShare()
                        .fetchSet(MEMBER.USER_ID));
    }

    /// Those of the labels that are not the project's; the others stay until the transaction ends.
    Set<UUID> foreignLabels(Project.Id project, Collection<Label.Id> labels) {
        List<UUID> ids = values(labels);
        return without(
                ids,
                sql.select(LABEL.ID)
                        .from(LABEL)
                        .where(LABEL.PROJECT_ID.eq(project.value()), LABEL.ID.in(ids))
                        .forKeyShare()
                        .fetchSet(LABEL.ID));
    }

    /// The same event of each of these tasks.
    static List<Event> events(List<UUID> tasks, @Nullable UUID user, TaskEvent event) {
        String trace = RequestTrace.traceparent();
        return tasks.stream()
                .map(id -> new Event(event.type(), id, null, user, trace, Map.of()))
                .toList();
    }

    /// Those of these tasks that are in the project, deleted ones too.
    static Select<Record1<UUID>> inProject(Project.Id project, List<UUID> tasks) {
        return DSL.select(TASK.ID)
                .from(TASK)
                .where(TASK.PROJECT_ID.eq(project.value()), TASK.ID.eq(DSL.any(tasks.toArray(UUID[]::new))));
    }

    /// Nobody else changes these tasks until the transaction ends; those of them that there are. Rows are locked in
    /// the order of their ids.
    static List<UUID> lock(DSLContext sql, Select<Record1<UUID>> tasks) {
        return sql.select(TASK.ID)
                .from(TASK)
                .where(TASK.ID.in(tasks))
                .orderBy(TASK.ID)
                .forNoKeyUpdate()
                .fetch(TASK.ID);
    }

    /// Tasks of a creator, whoever sees them, that start or are due at a time and were last changed before a
    /// timestamp; in the order of their ids, beginning after one.
    List<Task> timedBefore(Instant changed, UUID creator, UUID after, int limit) {
        return sql.select(TASK_COLUMNS)
                .from(TASK)
                .where(
                        TASK.CREATED_BY.eq(creator),
                        TASK.UPDATED_AT.lt(changed),
                        TASK.ID.gt(after),
                        TASK.START_AT.isNotNull().or(TASK.DUE_AT.isNotNull()))
                .orderBy(TASK.ID)
                .limit(limit)
                .fetch(row -> task(new RowReader(row)));
    }

    /// Writes other dates, with the event, unless a user has changed the task meanwhile.
    void convertDates(Task before, Task after) {
        int written = sql.update(TASK)
                .set(dates(after.content()))
                .set(TASK.VERSION, after.version())
                .where(TASK.ID.eq(after.id().value()), TASK.VERSION.eq(before.version()))
                .execute();
        if (written == 1) {
            outbox.append(EVENTS, Event.of(TaskEvent.CHANGED.type(), after.id().value(), null));
        }
    }

    private static <T> Set<T> without(Collection<T> all, Collection<T> some) {
        Set<T> rest = new HashSet<>(all);
        rest.removeAll(new HashSet<>(some));
        return rest;
    }

    private static List<UUID> values(Collection<Label.Id> labels) {
        return labels.stream().map(Label.Id::value).toList();
    }

    private static String text(Task.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable DateOrTime dateOrTime(@Nullable Instant time, @Nullable LocalDate date) {
        if (time != null) {
            return new DateOrTime.AtTime(time);
        }
        return date == null ? null : new DateOrTime.OnDate(date);
    }

    private static Seen seen(RowReader reader) {
        Task task = task(reader);
        return new Seen(task, reader.next(MEMBER.USER_ID), ProjectStore.roleNamed(reader.next(MEMBER.ROLE)));
    }

    private static Task task(RowReader reader) {
        UUID id = reader.next(TASK.ID);
        UUID project = reader.next(TASK.PROJECT_ID);
        UUID section = reader.next(TASK.SECTION_ID);
        UUID parent = reader.next(TASK.PARENT_ID);
        Task.Content content = new Task.Content(
                section == null ? null : new Section.Id(section),
                parent == null ? null : new Task.Id(parent),
                reader.next(TASK.TITLE),
                reader.next(TASK.DESCRIPTION),
                Task.Status.valueOf(reader.next(TASK.STATUS).toUpperCase(Locale.ROOT)),
                Task.Priority.ofRank(reader.next(TASK.PRIORITY)),
                dateOrTime(reader.next(TASK.START_AT), reader.next(TASK.START_ON)),
                dateOrTime(reader.next(TASK.DUE_AT), reader.next(TASK.DUE_ON)),
                Set.of(reader.next(ASSIGNEES)),
                Arrays.stream(reader.next(LABELS)).map(Label.Id::new).collect(Collectors.toSet()),
                reader.next(TASK.ARCHIVED));
        Position position = new Position(reader.next(TASK.POSITION));
        Integer[] children = reader.next(CHILDREN);
        return new Task(
                new Task.Id(id),
                new Project.Id(project),
                content,
                position,
                new Task.Subtasks(children[0], children[1]),
                reader.next(TASK.COMPLETED_AT),
                reader.next(TASK.CREATED_BY),
                reader.next(TASK.CREATED_AT),
                reader.next(TASK.UPDATED_AT),
                reader.next(TASK.UPDATED_BY),
                reader.next(TASK.DELETED_AT),
                reader.next(TASK.VERSION));
    }
}
