package tarn.tasks;

import static tarn.tasks.sql.Tables.LABEL;
import static tarn.tasks.sql.Tables.TASK;
import static tarn.tasks.sql.Tables.TASK_LABEL;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import tarn.platform.CollationKeys;
import tarn.platform.database.DerivedColumns;
import tarn.platform.event.Event;
import tarn.platform.event.EventRows;
import tarn.platform.event.Outbox;

/// SQL access to labels; each write appends its event, deleting and restoring one also those of the
/// tasks that have it.
@Singleton
final class LabelStore {

    /// Payload of a label's events.
    static final EventRows EVENTS = EventRows.of("label", LABEL, LABEL.ID)
            .value("projectId", LABEL.PROJECT_ID)
            .text("name", LABEL.NAME)
            .value("color", LABEL.COLOR)
            .value("updatedBy", LABEL.UPDATED_BY)
            .value("updatedAt", LABEL.UPDATED_AT)
            .value("version", LABEL.VERSION);

    /// Columns that are computed from the name of a label.
    static final DerivedColumns.Derivation DERIVED = new DerivedColumns.Derivation(
            CollationKeys::version,
            LABEL,
            LABEL.ID,
            List.of(LABEL.NAME),
            row -> Map.of(LABEL.NAME_KEY, CollationKeys.of(row.get(LABEL.NAME))));

    private final DSLContext sql;
    private final Outbox outbox;

    LabelStore(TasksDatabase database) {
        this.sql = database.database().sql();
        this.outbox = database.database().outbox();
    }

    /// Labels by name.
    List<Label> of(Project.Id project) {
        return sql.selectFrom(LABEL)
                .where(LABEL.PROJECT_ID.eq(project.value()))
                .orderBy(LABEL.NAME_KEY, LABEL.ID)
                .fetch(LabelStore::label);
    }

    Optional<Label> find(Project.Id project, Label.Id id) {
        return sql.selectFrom(LABEL)
                .where(LABEL.PROJECT_ID.eq(project.value()), LABEL.ID.eq(id.value()))
                .fetchOptional(LabelStore::label);
    }

    /// Inserts new labels of a project, each with its event.
    void insert(Project.Id project, List<Label> labels, UUID user) {
        if (labels.isEmpty()) {
            return;
        }
        sql.insertInto(
                        LABEL,
                        LABEL.ID,
                        LABEL.PROJECT_ID,
                        LABEL.NAME,
                        LABEL.NAME_KEY,
                        LABEL.COLOR,
                        LABEL.UPDATED_AT,
                        LABEL.UPDATED_BY)
                .valuesOfRows(labels.stream()
                        .map(label -> DSL.row(
                                label.id().value(),
                                project.value(),
                                label.content().name(),
                                CollationKeys.of(label.content().name()),
                                label.content().color().text(),
                                label.updatedAt(),
                                label.updatedBy()))
                        .toList())
                .execute();
        outbox.append(
                EVENTS,
                labels.stream()
                        .map(label ->
                                Event.of(LabelEvent.CREATED.type(), label.id().value(), user))
                        .toList());
    }

    void update(Label label, UUID user) {
        sql.update(LABEL)
                .set(LABEL.NAME, label.content().name())
                .set(LABEL.NAME_KEY, CollationKeys.of(label.content().name()))
                .set(LABEL.COLOR, label.content().color().text())
                .set(LABEL.UPDATED_AT, label.updatedAt())
                .set(LABEL.UPDATED_BY, label.updatedBy())
                .set(LABEL.VERSION, label.version())
                .where(LABEL.ID.eq(label.id().value()))
                .execute();
        outbox.append(EVENTS, Event.of(LabelEvent.CHANGED.type(), label.id().value(), user));
    }

    /// Inserts a deleted label anew, on those of these tasks that still are in the project and have
    /// room.
    void restore(Project.Id project, Label label, List<UUID> tasks, UUID user) {
        List<UUID> there = TaskStore.lock(sql, TaskStore.inProject(project, tasks));
        sql.insertInto(LABEL)
                .set(LABEL.ID, label.id().value())
                .set(LABEL.PROJECT_ID, project.value())
                .set(LABEL.NAME, label.content().name())
                .set(LABEL.NAME_KEY, CollationKeys.of(label.content().name()))
                .set(LABEL.COLOR, label.content().color().text())
                .set(LABEL.UPDATED_AT, label.updatedAt())
                .set(LABEL.UPDATED_BY, label.updatedBy())
                .set(LABEL.VERSION, label.version())
                .execute();
        List<UUID> labelled = sql.insertInto(TASK_LABEL, TASK_LABEL.TASK_ID, TASK_LABEL.PROJECT_ID, TASK_LABEL.LABEL_ID)
                .select(DSL.select(TASK.ID, TASK.PROJECT_ID, DSL.val(label.id().value()))
                        .from(TASK)
                        .where(TASK.ID.eq(DSL.any(there.toArray(UUID[]::new))))
                        .and(DSL.field(DSL.selectCount().from(TASK_LABEL).where(TASK_LABEL.TASK_ID.eq(TASK.ID)))
                                .lt(Task.MAX_LABELS)))
                .returning(TASK_LABEL.TASK_ID)
                .fetch(TASK_LABEL.TASK_ID);
        outbox.append(EVENTS, Event.of(LabelEvent.RESTORED.type(), label.id().value(), user));
        outbox.append(TaskStore.EVENTS, TaskStore.events(labelled, user, TaskEvent.CHANGED));
    }

    /// Deletes a label, also from all tasks.
    ///
    /// @return the tasks that had it
    List<UUID> delete(Project.Id project, Label.Id id, UUID user) {
        Select<Record1<UUID>> labelled =
                DSL.select(TASK_LABEL.TASK_ID).from(TASK_LABEL).where(TASK_LABEL.LABEL_ID.eq(id.value()));
        // Tasks before the label, as by those who put it on them; then those tasks that got it meanwhile.
        TaskStore.lock(sql, labelled);
        sql.selectOne().from(LABEL).where(LABEL.ID.eq(id.value())).forUpdate().fetch();
        List<UUID> tasks = TaskStore.lock(sql, labelled);
        sql.deleteFrom(LABEL).where(LABEL.ID.eq(id.value())).execute();
        outbox.append(
                "label",
                Event.of(LabelEvent.DELETED.type(), id.value(), user).saying(Map.of("projectId", project.value())));
        outbox.append(TaskStore.EVENTS, TaskStore.events(tasks, user, TaskEvent.CHANGED));
        return tasks;
    }

    private static Label label(Record row) {
        return new Label(
                new Label.Id(row.get(LABEL.ID)),
                new Label.Content(row.get(LABEL.NAME), Color.named(row.get(LABEL.COLOR))),
                row.get(LABEL.UPDATED_AT),
                row.get(LABEL.UPDATED_BY),
                row.get(LABEL.VERSION));
    }
}
