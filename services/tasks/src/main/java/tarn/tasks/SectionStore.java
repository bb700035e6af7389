package tarn.tasks;

import static tarn.tasks.sql.Tables.SECTION;
import static tarn.tasks.sql.Tables.TASK;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The table of sections.
@Singleton
final class SectionStore {

    private final DSLContext sql;

    SectionStore(TasksDatabase database) {
        this.sql = database.database().sql();
    }

    /// In the order of the board, archived ones too.
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

    void insert(Project.Id project, Section section) {
        sql.insertInto(SECTION, SECTION.ID, SECTION.PROJECT_ID, SECTION.NAME, SECTION.ARCHIVED, SECTION.POSITION)
                .values(
                        section.id().value(),
                        project.value(),
                        section.content().name(),
                        section.content().archived(),
                        section.position().key())
                .execute();
    }

    void update(Section section) {
        sql.update(SECTION)
                .set(SECTION.NAME, section.content().name())
                .set(SECTION.ARCHIVED, section.content().archived())
                .set(SECTION.POSITION, section.position().key())
                .set(SECTION.VERSION, section.version())
                .where(SECTION.ID.eq(section.id().value()))
                .execute();
    }

    /// Gives all sections of a project short places in the order they have. The caller has locked the project.
    void renewPositions(Project.Id project) {
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
    }

    /// Waits for tasks that are being put into it, and lets no others in until the transaction ends.
    void awaitNewcomers(Section.Id id) {
        sql.selectOne()
                .from(SECTION)
                .where(SECTION.ID.eq(id.value()))
                .forUpdate()
                .fetch();
    }

    /// Whether any task that is not deleted is in it.
    boolean holdsTasks(Section.Id id) {
        return sql.fetchExists(TASK, TASK.SECTION_ID.eq(id.value()), TASK.DELETED_AT.isNull());
    }

    /// Removes it; deleted tasks that were in it come back without a section.
    void remove(Section.Id id) {
        sql.update(TASK)
                .setNull(TASK.SECTION_ID)
                .where(TASK.SECTION_ID.eq(id.value()))
                .execute();
        sql.deleteFrom(SECTION).where(SECTION.ID.eq(id.value())).execute();
    }

    private static Section section(Record row) {
        return new Section(
                new Section.Id(row.get(SECTION.ID)),
                new Section.Content(row.get(SECTION.NAME), row.get(SECTION.ARCHIVED)),
                new Position(row.get(SECTION.POSITION)),
                row.get(SECTION.VERSION));
    }
}
