package tarn.tasks;

import static tarn.tasks.sql.Tables.LABEL;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The table of labels.
@Singleton
final class LabelStore {

    private final DSLContext sql;

    LabelStore(TasksDatabase database) {
        this.sql = database.database().sql();
    }

    /// By name.
    List<Label> of(Project.Id project) {
        return sql.selectFrom(LABEL)
                .where(LABEL.PROJECT_ID.eq(project.value()))
                .orderBy(DSL.lower(LABEL.NAME), LABEL.ID)
                .fetch(LabelStore::label);
    }

    Optional<Label> find(Project.Id project, Label.Id id) {
        return sql.selectFrom(LABEL)
                .where(LABEL.PROJECT_ID.eq(project.value()), LABEL.ID.eq(id.value()))
                .fetchOptional(LabelStore::label);
    }

    void insert(Project.Id project, Label label) {
        sql.insertInto(LABEL, LABEL.ID, LABEL.PROJECT_ID, LABEL.NAME, LABEL.COLOR)
                .values(
                        label.id().value(),
                        project.value(),
                        label.content().name(),
                        text(label.content().color()))
                .execute();
    }

    void update(Label label) {
        sql.update(LABEL)
                .set(LABEL.NAME, label.content().name())
                .set(LABEL.COLOR, text(label.content().color()))
                .set(LABEL.VERSION, label.version())
                .where(LABEL.ID.eq(label.id().value()))
                .execute();
    }

    /// Removes it from the project and from every task.
    void remove(Label.Id id) {
        sql.deleteFrom(LABEL).where(LABEL.ID.eq(id.value())).execute();
    }

    private static String text(Label.Color color) {
        return color.name().toLowerCase(Locale.ROOT);
    }

    private static Label label(Record row) {
        return new Label(
                new Label.Id(row.get(LABEL.ID)),
                new Label.Content(
                        row.get(LABEL.NAME),
                        Label.Color.valueOf(row.get(LABEL.COLOR).toUpperCase(Locale.ROOT))),
                row.get(LABEL.VERSION));
    }
}
