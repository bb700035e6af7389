package tarn.tasks;

import static tarn.tasks.sql.Tables.ASSIGNEE;
import static tarn.tasks.sql.Tables.TASK;
import static tarn.tasks.sql.Tables.TASK_LABEL;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.search.SearchQuery;

/// SQL conditions of a filtered list of tasks, and the shape by which rendered SQL of such a list
/// is cached.
final class TaskFilterStore {

    /// A condition of a list.
    ///
    /// @param name the same for the same SQL
    /// @param value of its one parameter; null when it has none
    private record FilterCondition(String name, @Nullable Object value, Supplier<Condition> condition) {}

    private final TaskFilter filter;
    private final List<FilterCondition> parts = new ArrayList<>();

    private TaskFilterStore(TaskFilter filter) {
        this.filter = filter;
        addState();
        addScope(filter.scope());
        addTraits(filter.traits());
    }

    static TaskFilterStore of(TaskFilter filter) {
        return new TaskFilterStore(filter);
    }

    Condition condition() {
        List<Condition> all = new ArrayList<>();
        parts.forEach(part -> all.add(part.condition().get()));
        if (filter.traits().text() != null) {
            all.add(TaskStore.SEARCH.matches(SearchQuery.of(filter.traits().text())));
        }
        if (filter.due().before() != null) {
            all.add(DueDateStore.before(filter.due().before(), filter.zone()));
        }
        if (filter.due().after() != null) {
            all.add(DueDateStore.after(filter.due().after(), filter.zone()));
        }
        return DSL.and(all);
    }

    /// Whether the SQL depends on its [#shape] alone.
    boolean isPlain() {
        return filter.traits().text() == null && filter.due().equals(TaskFilter.Due.ANY);
    }

    /// What the SQL of a plain filter depends on.
    List<String> shape() {
        return parts.stream().map(FilterCondition::name).toList();
    }

    /// The values of the condition's parameters, in their order, of a plain filter.
    List<Object> values() {
        List<Object> values = new ArrayList<>();
        for (FilterCondition part : parts) {
            if (part.value() != null) {
                values.add(part.value());
            }
        }
        return values;
    }

    private void addState() {
        if (filter.deleted()) {
            add("deleted", null, TASK.DELETED_AT::isNotNull);
        } else {
            add("present", null, TASK.DELETED_AT::isNull);
        }
        Boolean archived = filter.archived();
        if (archived != null) {
            add("archived", archived, () -> TASK.ARCHIVED.eq(archived));
        }
    }

    private void addScope(TaskFilter.Scope scope) {
        Project.Id project = scope.project();
        if (project != null) {
            add("project", project.value(), () -> TASK.PROJECT_ID.eq(project.value()));
        }
        Section.Id section = scope.section();
        if (section != null) {
            add("section", section.value(), () -> TASK.SECTION_ID.eq(section.value()));
        }
        Task.Id parent = scope.parent();
        if (parent != null) {
            add("parent", parent.value(), () -> TASK.PARENT_ID.eq(parent.value()));
        }
        if (Boolean.TRUE.equals(scope.topLevel())) {
            add("top level", null, TASK.PARENT_ID::isNull);
        } else if (scope.topLevel() != null) {
            add("sub-tasks", null, TASK.PARENT_ID::isNotNull);
        }
    }

    private void addTraits(TaskFilter.Traits traits) {
        if (traits.status() != null) {
            String status = traits.status().name().toLowerCase(Locale.ROOT);
            add("status", status, () -> TASK.STATUS.eq(status));
        }
        if (traits.priority() != null) {
            short rank = traits.priority().rank();
            add("priority", rank, () -> TASK.PRIORITY.eq(rank));
        }
        UUID assignee = traits.assignee();
        if (assignee != null) {
            add(
                    "assignee",
                    assignee,
                    () -> DSL.exists(DSL.selectOne()
                            .from(ASSIGNEE)
                            .where(ASSIGNEE.TASK_ID.eq(TASK.ID), ASSIGNEE.USER_ID.eq(assignee))));
        }
        Label.Id label = traits.label();
        if (label != null) {
            add(
                    "label",
                    label.value(),
                    () -> DSL.exists(DSL.selectOne()
                            .from(TASK_LABEL)
                            .where(TASK_LABEL.TASK_ID.eq(TASK.ID), TASK_LABEL.LABEL_ID.eq(label.value()))));
        }
    }

    private void add(String name, @Nullable Object value, Supplier<Condition> condition) {
        parts.add(new FilterCondition(name, value, condition));
    }
}
