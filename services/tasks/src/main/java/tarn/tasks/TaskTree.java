package tarn.tasks;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Tasks and their sub-tasks: a tree without cycles, at most 8 levels deep below a task. The caller
/// must have locked the project.
@Singleton
final class TaskTree {

    /// How deep sub-tasks may nest below a task.
    static final int MAX_DEPTH = 8;

    private final TaskTreeStore store;

    TaskTree(TaskTreeStore store) {
        this.store = store;
    }

    /// @param id null while there is no such task yet
    /// @throws Refusal.Invalid when the parent is not in the project, or the tree would have a cycle or be too deep
    void requireParent(Task.@Nullable Id id, Project.Id project, Task.Id parent) {
        int depthBelow = id == null ? 0 : store.depthBelow(id);
        if (!store.isIn(project, parent)) {
            throw new Refusal.Invalid("/parentId", "unknown", "There is no such task in this project.");
        }
        List<Task.Id> ancestors = store.ancestors(parent);
        if (parent.equals(id) || (id != null && ancestors.contains(id))) {
            throw new Refusal.Invalid("/parentId", "cycle", "A task cannot be a part of itself.");
        }
        if (ancestors.size() + 1 + depthBelow > MAX_DEPTH) {
            throw new Refusal.Invalid("/parentId", "too-deep", "Sub-tasks may nest at most " + MAX_DEPTH + " deep.");
        }
    }

    /// Puts a task in the trash with its sub-tasks.
    ///
    /// @param task as it is there
    void delete(Task task) {
        store.delete(task);
    }

    /// Takes a task out of the trash, with the sub-tasks that went there together with it. When its parent is still
    /// in the trash, it has none afterwards.
    ///
    /// @param task as it is out of the trash
    void restore(Task task, Instant deletedAt) {
        Task.Id parent = task.content().parent();
        if (parent != null && !store.isIn(task.project(), parent)) {
            store.detach(task.id());
        }
        store.restore(task, deletedAt);
    }
}
