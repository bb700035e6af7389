package tarn.tasks;

import static tarn.tasks.sql.Tables.ASSIGNEE;
import static tarn.tasks.sql.Tables.TASK;
import static tarn.tasks.sql.Tables.TASK_LABEL;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import tarn.platform.database.FullTextSearch;

/// The SQL of which tasks a list holds.
final class TaskFilterStore {

    private TaskFilterStore() {}

    static Condition condition(TaskFilter filter) {
        List<Condition> all = new ArrayList<>();
        all.add(filter.deleted() ? TASK.DELETED_AT.isNotNull() : TASK.DELETED_AT.isNull());
        if (filter.archived() != null) {
            all.add(TASK.ARCHIVED.eq(filter.archived()));
        }
        add(filter.scope(), all);
        add(filter.traits(), all);
        if (filter.due().before() != null) {
            all.add(DueDateStore.before(filter.due().before(), filter.zone()));
        }
        if (filter.due().after() != null) {
            all.add(DueDateStore.after(filter.due().after(), filter.zone()));
        }
        return DSL.and(all);
    }

    private static void add(TaskFilter.Scope scope, List<Condition> all) {
        if (scope.project() != null) {
            all.add(TASK.PROJECT_ID.eq(scope.project().value()));
        }
        if (scope.section() != null) {
            all.add(TASK.SECTION_ID.eq(scope.section().value()));
        }
        if (scope.parent() != null) {
            all.add(TASK.PARENT_ID.eq(scope.parent().value()));
        }
        if (scope.topLevel() != null) {
            all.add(scope.topLevel() ? TASK.PARENT_ID.isNull() : TASK.PARENT_ID.isNotNull());
        }
    }

    private static void add(TaskFilter.Traits traits, List<Condition> all) {
        if (traits.status() != null) {
            all.add(TASK.STATUS.eq(traits.status().name().toLowerCase(Locale.ROOT)));
        }
        if (traits.priority() != null) {
            all.add(TASK.PRIORITY.eq(traits.priority().rank()));
        }
        if (traits.assignee() != null) {
            all.add(DSL.exists(DSL.selectOne()
                    .from(ASSIGNEE)
                    .where(ASSIGNEE.TASK_ID.eq(TASK.ID), ASSIGNEE.USER_ID.eq(traits.assignee()))));
        }
        if (traits.label() != null) {
            all.add(DSL.exists(DSL.selectOne()
                    .from(TASK_LABEL)
                    .where(
                            TASK_LABEL.TASK_ID.eq(TASK.ID),
                            TASK_LABEL.LABEL_ID.eq(traits.label().value()))));
        }
        if (traits.text() != null) {
            all.add(FullTextSearch.in(TASK, traits.text()));
        }
    }
}
