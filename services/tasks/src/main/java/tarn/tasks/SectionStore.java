package tarn.tasks;

import static tarn.tasks.sql.Tables.SECTION;
import static tarn.tasks.sql.Tables.TASK;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import tarn.platform.event.Event;
import tarn.platform.event.EventRows;
import tarn.platform.event.Outbox;

/// SQL access to sections; each write appends its event, deleting and restoring one also those of
/// its tasks.
@Singleton
final class SectionStore {

    /// Payload of a section's events.
    static final EventRows EVENTS = EventRows.of("section", SECTION, SECTION.ID)
            .value("projectId", SECTION.PROJECT_ID)
            .text("name", SECTION.NAME)
            .value("archived", SECTION.ARCHIVED)
            .value("position", SECTION.POSITION)
            .value("updatedBy", SECTION.UPDATED_BY)
            .value("updatedAt", SECTION.UPDATED_AT)
            .value("version", SECTION.VERSION);

    private final DSLContext sql;
    private final Outbox outbox;

    SectionStore(TasksDatabase database) {
        this.sql = database.database().sql();
        this.outbox = database.database().outbox();
    }

    /// Sections in board order, archived or not.
    List<Section> of(Project.Id project) {
        return sql.selectFrom(SECTION)
                .where(SECTION.PROJECT_ID.eq(project.value()))
                .orderBy(SECTION.POSITION)
                .fetch(SectionStore::section);
    }

    Optional<Section> find(Project.Id project, Section.Id id) {
        return sql.selectFrom(SECTION)
                .where(SECTION.PROJECT_ID.eq(project.value()), SECTION.ID.eq(id.value()))
                .fetchOptional(SectionStore::section);
    }

    /// Inserts new sections of a project, each with its event.
    void insert(Project.Id project, List<Section> sections, UUID user) {
        if (sections.isEmpty()) {
            return;
        }
        sql.insertInto(
                        SECTION,
                        SECTION.ID,
                        SECTION.PROJECT_ID,
                        SECTION.NAME,
                        SECTION.ARCHIVED,
                        SECTION.POSITION,
                        SECTION.UPDATED_AT,
                        SECTION.UPDATED_BY)
                .valuesOfRows(sections.stream()
                        .map(section -> DSL.row(
                                section.id().value(),
                                project.value(),
                                section.content().name(),
                                section.content().archived(),
                                section.position().key(),
                                section.updatedAt(),
                                section.updatedBy()))
                        .toList())
                .execute();
        append(sections, user, SectionEvent.CREATED);
    }

    private void append(List<Section> sections, UUID user, SectionEvent event) {
        outbox.append(
                EVENTS,
                sections.stream()
                        .map(section -> Event.of(event.type(), section.id().value(), user))
                        .toList());
    }

    void update(Section section, UUID user) {
        sql.update(SECTION)
                .set(SECTION.NAME, section.content().name())
                .set(SECTION.ARCHIVED, section.content().archived())
                .set(SECTION.POSITION, section.position().key())
                .set(SECTION.UPDATED_AT, section.updatedAt())
                .set(SECTION.UPDATED_BY, section.updatedBy())
                .set(SECTION.VERSION, section.version())
                .where(SECTION.ID.eq(section.id().value()))
                .execute();
        append(List.of(section), user, SectionEvent.CHANGED);
    }

    /// Renews the positions of all sections of a locked project, in their order.
    void renewPositions(Project.Id project, UUID user) {
        List<Section> all = of(project);
        List<Position> positions = Position.sequence(all.size());
        // Two of a project never have the same place: so first none has one that is given out.
        sql.update(SECTION)
                .set(SECTION.POSITION, DSL.concat(DSL.inline("~"), SECTION.POSITION))
                .where(SECTION.PROJECT_ID.eq(project.value()))
                .execute();
        for (int i = 0; i < positions.size(); i++) {
            sql.update(SECTION)
                    .set(SECTION.POSITION, positions.get(i).key())
                    .where(SECTION.ID.eq(all.get(i).id().value()))
                    .execute();
        }
        append(all, user, SectionEvent.CHANGED);
    }

    /// Waits for transactions that move tasks into the section, and blocks others until the end of
    /// this one.
    void awaitNewcomers(Section.Id id) {
        sql.selectOne()
                .from(SECTION)
                .where(SECTION.ID.eq(id.value()))
                .forUpdate()
                .fetch();
    }

    /// Whether the section has a task that is not deleted.
    boolean holdsTasks(Section.Id id) {
        return sql.fetchExists(TASK, TASK.SECTION_ID.eq(id.value()), TASK.DELETED_AT.isNull());
    }

    /// Inserts a deleted section anew, with those of these tasks that still are in the project and in
    /// no other section.
    void restore(Project.Id project, Section section, List<UUID> tasks, UUID user) {
        List<UUID> there = TaskStore.lock(sql, TaskStore.inProject(project, tasks));
        sql.insertInto(SECTION)
                .set(SECTION.ID, section.id().value())
                .set(SECTION.PROJECT_ID, project.value())
                .set(SECTION.NAME, section.content().name())
                .set(SECTION.ARCHIVED, section.content().archived())
                .set(SECTION.POSITION, section.position().key())
                .set(SECTION.UPDATED_AT, section.updatedAt())
                .set(SECTION.UPDATED_BY, section.updatedBy())
                .set(SECTION.VERSION, section.version())
                .execute();
        List<UUID> moved = sql.update(TASK)
                .set(TASK.SECTION_ID, section.id().value())
                .where(TASK.ID.eq(DSL.any(there.toArray(UUID[]::new))), TASK.SECTION_ID.isNull())
                .returning(TASK.ID)
                .fetch(TASK.ID);
        append(List.of(section), user, SectionEvent.RESTORED);
        outbox.append(TaskStore.EVENTS, TaskStore.events(moved, user, TaskEvent.CHANGED));
    }

    /// Deletes a section; deleted tasks in it are restored without a section.
    ///
    /// @return these tasks
    List<UUID> delete(Project.Id project, Section.Id id, UUID user) {
        List<UUID> tasks = sql.update(TASK)
                .setNull(TASK.SECTION_ID)
                .where(TASK.SECTION_ID.eq(id.value()))
                .returning(TASK.ID)
                .fetch(TASK.ID);
        sql.deleteFrom(SECTION).where(SECTION.ID.eq(id.value())).execute();
        outbox.append(TaskStore.EVENTS, TaskStore.events(tasks, user, TaskEvent.CHANGED));
        outbox.append(
                "section",
                Event.of(SectionEvent.DELETED.type(), id.value(), user).saying(Map.of("projectId", project.value())));
        return tasks;
    }

    private static Section section(Record row) {
        return new Section(
                new Section.Id(row.get(SECTION.ID)),
                new Section.Content(row.get(SECTION.NAME), row.get(SECTION.ARCHIVED)),
                new Position(row.get(SECTION.POSITION)),
                row.get(SECTION.UPDATED_AT),
                row.get(SECTION.UPDATED_BY),
                row.get(SECTION.VERSION));
    }
}
