package tarn.tasks;

import static tarn.tasks.sql.Tables.TASK;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.event.Outbox;

/// SQL access to sub-tasks at any depth; moving a task to the trash or out of it appends events for
/// all tasks moved along.
@Singleton
final class TaskTreeStore {

    private final Outbox outbox;
    private final DSLContext sql;

    TaskTreeStore(TasksDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
    }

    /// Writes that a task is in the trash, and with it everything below it that is not there yet.
    ///
    /// @param root as it is in the trash
    void delete(Task root) {
        mark(root, TASK.DELETED_AT.isNull(), TaskEvent.DELETED);
    }

    /// Writes that a task is out of the trash, and with it everything below it that went there at the same
    /// timestamp.
    ///
    /// @param root as it is out of the trash
    void restore(Task root, Instant deletedAt) {
        mark(root, TASK.DELETED_AT.eq(deletedAt), TaskEvent.RESTORED);
    }

    private void mark(Task root, Condition which, TaskEvent event) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(TASK.DELETED_AT, root.deletedAt());
        row.put(TASK.UPDATED_AT, root.updatedAt());
        row.put(TASK.UPDATED_BY, root.updatedBy());
        row.put(TASK.VERSION, TASK.VERSION.plus(1));
        List<UUID> marked = sql.update(TASK)
                .set(row)
                .where(TASK.ID.in(tree(root.id())), which)
                .returning(TASK.ID)
                .fetch(TASK.ID);
        outbox.append(TaskStore.EVENTS, TaskStore.events(marked, root.updatedBy(), event));
    }

    /// Makes it a sub-task of nothing.
    void detach(Task.Id id) {
        sql.update(TASK).setNull(TASK.PARENT_ID).where(TASK.ID.eq(id.value())).execute();
    }

    private List<UUID> tree(Task.Id root) {
        return sql.fetch(
                        "with recursive tree(id) as (select {0}::uuid union select child.id from tasks.task child"
                                + " join tree on child.parent_id = tree.id) select id from tree",
                        DSL.val(root.value()))
                .map(row -> row.get(0, UUID.class));
    }

    /// Whether it is a task of the project that is not deleted.
    boolean isIn(Project.Id project, Task.Id id) {
        return sql.fetchExists(
                TASK, TASK.ID.eq(id.value()), TASK.PROJECT_ID.eq(project.value()), TASK.DELETED_AT.isNull());
    }

    /// The tasks above this one, nearest first.
    List<Task.Id> ancestors(Task.Id id) {
        return sql.fetch(
                        "with recursive up(id, parent_id, depth) as (select id, parent_id, 0 from tasks.task where id = {0}"
                                + " union all select above.id, above.parent_id, up.depth + 1 from tasks.task above"
                                + " join up on above.id = up.parent_id where up.depth < 50)"
                                + " select id from up where depth > 0 order by depth",
                        DSL.val(id.value()))
                .map(row -> new Task.Id(row.get(0, UUID.class)));
    }

    /// How many levels of sub-tasks are below this one.
    int depthBelow(Task.Id id) {
        return sql.fetchSingle(
                        "with recursive down(id, depth) as (select {0}::uuid, 0 union all select child.id, down.depth + 1"
                                + " from tasks.task child join down on child.parent_id = down.id where down.depth < 50)"
                                + " select max(depth) from down",
                        DSL.val(id.value()))
                .get(0, Integer.class);
    }
}
