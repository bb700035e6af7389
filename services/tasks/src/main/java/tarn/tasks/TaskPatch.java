package tarn.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.MergePatch;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// Applies a merge-patch (RFC 7396) to a task.
@Singleton
final class TaskPatch {

    private final Tasks tasks;
    private final MergePatch patch;

    TaskPatch(Tasks tasks, MergePatch patch) {
        this.tasks = tasks;
        this.patch = patch;
    }

    /// @param zone of the caller, in which dates are compared with times
    /// @param expected the version the caller has read; null for any
    Task apply(Caller caller, ZoneId zone, Task.Id id, @Nullable Long expected, ObjectNode changes) {
        if (changes.has("projectId")) {
            throw new Refusal.Invalid("/projectId", "immutable", "A task stays in its project.");
        }
        return tasks.change(
                caller,
                zone,
                id,
                expected,
                changes.has("parentId"),
                task -> patch.apply(TaskResource.Draft.of(task), changes).content());
    }
}
