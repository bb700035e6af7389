package tarn.tasks;

import static tarn.tasks.sql.Tables.ITEM;
import static tarn.tasks.sql.Tables.LABEL;
import static tarn.tasks.sql.Tables.MEMBER;
import static tarn.tasks.sql.Tables.PROJECT;
import static tarn.tasks.sql.Tables.SECTION;
import static tarn.tasks.sql.Tables.TASK;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.event.Event;
import tarn.platform.event.Outbox;

/// SQL that permanently deletes tasks, items and projects in the trash, and appends an event for
/// each row that is in a project.
@Singleton
final class TrashPurgeStore {

    private static final tarn.tasks.sql.tables.Task CHILD = TASK.as("child");

    private final Outbox outbox;
    private final DSLContext sql;

    TrashPurgeStore(TasksDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
    }

    /// Deletes tasks without sub-tasks; the parents of those deleted are next.
    int purgeTasks(Instant deletedBefore, int most) {
        Condition leaf = DSL.notExists(DSL.selectOne().from(CHILD).where(CHILD.PARENT_ID.eq(TASK.ID)));
        return purge(
                "task",
                TASK,
                TASK.ID,
                TASK.PROJECT_ID,
                TASK.DELETED_AT.lt(deletedBefore).and(leaf),
                most);
    }

    /// Deletes items.
    int purgeItems(Instant deletedBefore, int most) {
        return purge("item", ITEM, ITEM.ID, ITEM.PROJECT_ID, ITEM.DELETED_AT.lt(deletedBefore), most);
    }

    private int purge(
            String noun,
            Table<?> table,
            TableField<?, UUID> id,
            TableField<?, @Nullable UUID> project,
            Condition which,
            int most) {
        List<UUID> locked = sql.select(id)
                .from(table)
                .where(which)
                .orderBy(id)
                .limit(most)
                .forUpdate()
                .skipLocked()
                .fetch(id);
        delete(noun, table, id, project, id.in(locked));
        return locked.size();
    }

    private void delete(String noun, Table<?> table, Field<UUID> id, Field<@Nullable UUID> project, Condition which) {
        Result<Record2<UUID, @Nullable UUID>> gone =
                sql.deleteFrom(table).where(which).returningResult(id, project).fetch();
        List<Event> events = new ArrayList<>();
        gone.forEach(row -> {
            if (row.value2() != null) {
                events.add(Event.of(noun + ".purged", row.value1(), null).saying(Map.of("projectId", row.value2())));
            }
        });
        outbox.append(noun, events);
    }

    /// Deletes one project with all that is in it; returns whether there was one.
    boolean purgeProject(Instant deletedBefore) {
        UUID project = sql.select(PROJECT.ID)
                .from(PROJECT)
                .where(PROJECT.DELETED_AT.lt(deletedBefore))
                .orderBy(PROJECT.DELETED_AT)
                .limit(1)
                .forUpdate()
                .skipLocked()
                .fetchOne(PROJECT.ID);
        if (project == null) {
            return false;
        }
        delete("task", TASK, TASK.ID, TASK.PROJECT_ID, TASK.PROJECT_ID.eq(project));
        delete("item", ITEM, ITEM.ID, ITEM.PROJECT_ID, ITEM.PROJECT_ID.eq(project));
        Map<String, UUID> inProject = Map.of("projectId", project);
        List<Event> sections = sql.deleteFrom(SECTION)
                .where(SECTION.PROJECT_ID.eq(project))
                .returning(SECTION.ID)
                .fetch(row -> Event.of(SectionEvent.DELETED.type(), row.get(SECTION.ID), null)
                        .saying(inProject));
        outbox.append("section", sections);
        List<Event> labels = sql.deleteFrom(LABEL)
                .where(LABEL.PROJECT_ID.eq(project))
                .returning(LABEL.ID)
                .fetch(row -> Event.of(LabelEvent.DELETED.type(), row.get(LABEL.ID), null)
                        .saying(inProject));
        outbox.append("label", labels);
        List<Event> members = sql.deleteFrom(MEMBER)
                .where(MEMBER.PROJECT_ID.eq(project))
                .returning(MEMBER.USER_ID)
                .fetch(row -> Event.of(MemberEvent.REMOVED.type(), project, null)
                        .part(row.get(MEMBER.USER_ID))
                        .saying(Map.of("projectId", project, "userId", row.get(MEMBER.USER_ID))));
        outbox.append("member", members);
        sql.deleteFrom(PROJECT).where(PROJECT.ID.eq(project)).execute();
        outbox.append("project", Event.of("project.purged", project, null));
        return true;
    }
}
