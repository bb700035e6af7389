package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tarn.platform.event.RequestTrace;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of tasks: create, read, list, change, complete, reopen, move, delete, restore.
@Singleton
class Tasks {

    private final TaskStore store;
    private final TaskPositionStore positions;
    private final ProjectStore projects;
    private final TaskCreation creation;
    private final TaskMoves moves;
    private final TaskTree tree;
    private final TaskReferences references;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Tasks(
            TaskStore store,
            TaskPositionStore positions,
            ProjectStore projects,
            TaskCreation creation,
            TaskMoves moves,
            TaskTree tree,
            TaskReferences references,
            Clock clock) {
        this.store = store;
        this.positions = positions;
        this.projects = projects;
        this.creation = creation;
        this.moves = moves;
        this.tree = tree;
        this.references = references;
        this.clock = clock;
    }

    /// Creates a task at the end of its section.
    ///
    /// @param zone of the caller, in which dates are compared with times
    public Task create(Caller caller, ZoneId zone, Project.Id project, Task.Content content) {
        content.requireOrder(null, zone);
        return creation.create(new NewTask(caller.id(), project, content, RequestTrace.traceparent()));
    }

    /// A task, also one in the trash.
    ///
    /// @throws Refusal.NotFound when it is not in a project of the caller's
    public Task task(Caller caller, Task.Id id) {
        return seen(store.committed(caller.id(), id)).task();
    }

    /// @throws Refusal.NotFound when it is not in a project of the caller's, or in the trash
    public Task presentTask(Caller caller, Task.Id id) {
        Task task = task(caller, id);
        if (task.deletedAt() != null) {
            throw new Refusal.NotFound("task");
        }
        return task;
    }

    public Page<Task> of(
            Caller caller, TaskFilter filter, String sort, @Nullable String cursor, @Nullable Integer limit) {
        return store.of(caller.id(), filter, sort, cursor, limit);
    }

    /// Changes what an editor may change.
    ///
    /// @param expected the version the caller has read; null for any
    /// @param zone of the caller, in which dates are compared with times
    /// @param nesting whether it may get another parent: such changes of a project wait for each other
    @Transactional
    public Task change(
            Caller caller,
            ZoneId zone,
            Task.Id id,
            @Nullable Long expected,
            boolean nesting,
            Function<Task, Task.Content> change) {
        if (nesting) {
            lockProject(caller, id);
        }
        Task before = presentToChange(caller, id, expected);
        Task.Content content = change.apply(before);
        content.requireOrder(before.content(), zone);
        references.require(id, before.project(), before.content(), content);
        Position position = Objects.equals(before.content().section(), content.section())
                ? before.position()
                : Position.atEnd(positions.last(before.project(), content.section()), random);
        return write(caller, before, before.with(content, position, clock.instant()));
    }

    /// Completing a completed task changes nothing: clients retry.
    @Transactional
    public Task complete(Caller caller, Task.Id id, @Nullable Long expected) {
        Task before = presentToChange(caller, id, expected);
        return write(caller, before, before.complete(clock.instant()));
    }

    /// Reopening an open task changes nothing.
    @Transactional
    public Task reopen(Caller caller, Task.Id id, @Nullable Long expected) {
        Task before = presentToChange(caller, id, expected);
        return write(caller, before, before.reopen(clock.instant()));
    }

    /// Moves it behind another task of a section; null makes it the first there. Not within a transaction.
    public Task move(
            Caller caller, Task.Id id, @Nullable Long expected, Section.@Nullable Id section, Task.@Nullable Id after) {
        Project.Id project = seen(store.committed(caller.id(), id)).task().project();
        return moves.move(
                project, new TaskMoves.Move(caller.id(), id, expected, section, after, RequestTrace.traceparent()));
    }

    /// Puts it in the trash with its sub-tasks. Deleting a deleted task changes nothing.
    @Transactional
    public void delete(Caller caller, Task.Id id, @Nullable Long expected) {
        lockProject(caller, id);
        Task before = editable(caller, id, expected);
        if (before.deletedAt() == null) {
            tree.delete(before.delete(clock.instant()).by(caller.id()));
        }
    }

    /// Takes it out of the trash, with the sub-tasks that went there together with it. When its parent is still in
    /// the trash, it comes back as a task without a parent.
    @Transactional
    public Task restore(Caller caller, Task.Id id) {
        lockProject(caller, id);
        Task before = editable(caller, id, null);
        Instant deletedAt = before.deletedAt();
        if (deletedAt == null) {
            return before;
        }
        tree.restore(before.restore(clock.instant()).by(caller.id()), deletedAt);
        return seen(store.task(caller.id(), id)).task();
    }

    /// Locks the project, before any task: changes of its whole tree run one at a time and cannot deadlock.
    private void lockProject(Caller caller, Task.Id id) {
        projects.lock(seen(store.task(caller.id(), id)).task().project());
    }

    /// The task, which nobody else changes until the transaction ends; it may be in the trash.
    ///
    /// @throws Refusal.Outdated when it is not in the trash and has another version than expected
    private Task editable(Caller caller, Task.Id id, @Nullable Long expected) {
        return seen(store.taskToChange(caller.id(), id)).editable(expected);
    }

    /// @throws Refusal.Conflict when it is in the trash
    private Task presentToChange(Caller caller, Task.Id id, @Nullable Long expected) {
        return editable(caller, id, expected).requirePresent();
    }

    private static TaskStore.Seen seen(Optional<TaskStore.Seen> seen) {
        return seen.orElseThrow(() -> new Refusal.NotFound("task"));
    }

    private Task write(Caller caller, Task before, Task after) {
        if (after.equals(before)) {
            return before;
        }
        Task written = after.by(caller.id());
        store.update(before, written, caller.id(), TaskEvent.of(before, after));
        return written;
    }
}
