package tarn.tasks;

import jakarta.inject.Singleton;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Checks that sections, labels, assignees and parents of a task belong to its project; looks up
/// only those that changed.
@Singleton
final class TaskReferences {

    private final TaskStore store;
    private final TaskTree tree;

    TaskReferences(TaskStore store, TaskTree tree) {
        this.store = store;
        this.tree = tree;
    }

    /// What is there stays until the transaction ends.
    ///
    /// @param id null while there is no such task yet
    /// @param before null while there is no such task yet
    /// @throws Refusal.Invalid when something is not in the project
    void require(Task.@Nullable Id id, Project.Id project, Task.@Nullable Content before, Task.Content after) {
        Section.Id section = after.section();
        if (section != null && (before == null || !section.equals(before.section()))) {
            requireSection(project, section);
        }
        if (!after.assignees().isEmpty()
                && (before == null || !after.assignees().equals(before.assignees()))
                && !store.strangers(project, after.assignees()).isEmpty()) {
            throw new Refusal.Invalid("/assignees", "not-a-member", "Only members of the project can be assigned.");
        }
        if (!after.labels().isEmpty()
                && (before == null || !after.labels().equals(before.labels()))
                && !store.foreignLabels(project, after.labels()).isEmpty()) {
            throw new Refusal.Invalid("/labels", "unknown", "There is no such label in this project.");
        }
        Task.Id parent = after.parent();
        if (parent != null && (before == null || !Objects.equals(parent, before.parent()))) {
            tree.requireParent(id, project, parent);
        }
    }

    /// @throws Refusal.Invalid when the section is not in the project
    void requireSection(Project.Id project, Section.Id section) {
        if (!store.hasSection(project, section)) {
            throw new Refusal.Invalid("/sectionId", "unknown", "There is no such section in this project.");
        }
    }
}
