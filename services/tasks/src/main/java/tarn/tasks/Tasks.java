package tarn.tasks;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tarn.platform.Batcher;
import tarn.platform.Uuid7;
import tarn.platform.event.RequestTrace;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// What people do with tasks.
@Singleton
class Tasks {

    /// How deep sub-tasks may nest below a task.
    static final int MAX_DEPTH = 8;

    /// A task, or why there is none.
    private record Drafted(
            TaskStore.@Nullable Created created, @Nullable RuntimeException failure) {

        TaskStore.Created get() {
            if (created == null) {
                throw Objects.requireNonNull(failure);
            }
            return created;
        }
    }

    private record Column(Project.Id project, Section.@Nullable Id section) {}

    private final TaskStore store;
    private final ProjectStore projects;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Batcher<Opening, Drafted> openings =
            new Batcher<>(TaskStore.PATIENCE, TaskStore.MAX_AT_ONCE, this::openTogether);

    Tasks(TaskStore store, ProjectStore projects, Clock clock) {
        this.store = store;
        this.projects = projects;
        this.clock = clock;
    }

    /// Opens a task at the end of its section: in the caller's transaction when there is one, else
    /// together with what others open at the moment.
    ///
    /// @param zone of the caller, in which dates are compared with times
    public Task open(Caller caller, ZoneId zone, Project.Id project, Task.Content content) {
        content.requireOrder(null, zone);
        Opening opening = new Opening(caller.id(), project, content, RequestTrace.traceparent());
        boolean alone = content.parent() != null || QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION;
        return (alone ? openAlone(opening) : openings.submit(opening).get()).task();
    }

    /// Inserts all that may be opened in one transaction, on the word of the database's constraints that
    /// what they point to is there; when one is refused, each by itself, so that everybody learns what was
    /// wrong with theirs.
    private List<Drafted> openTogether(List<Opening> some) {
        List<Drafted> drafts = draft(some);
        try {
            insert(drafts.stream()
                    .map(Drafted::created)
                    .filter(Objects::nonNull)
                    .toList());
            return drafts;
        } catch (RuntimeException failure) {
            if (!store.isAboutRows(failure)) {
                throw failure;
            }
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return some.stream()
                    .map(opening -> CompletableFuture.supplyAsync(() -> outcome(opening), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private Drafted outcome(Opening opening) {
        try {
            return new Drafted(openAlone(opening), null);
        } catch (RuntimeException failure) {
            return new Drafted(null, failure);
        }
    }

    @Transactional
    TaskStore.Created openAlone(Opening opening) {
        TaskStore.Created created = draft(List.of(opening)).getFirst().get();
        if (opening.content().parent() != null) {
            projects.lock(opening.project());
        }
        checkReferences(null, opening.project(), null, opening.content());
        store.insertAll(List.of(created));
        return created;
    }

    @Transactional
    void insert(List<TaskStore.Created> tasks) {
        store.insertAll(tasks);
    }

    /// Gives each its place behind the last of its section; who may not open it gets a refusal.
    private List<Drafted> draft(List<Opening> some) {
        List<Optional<TaskStore.Place>> places = store.places(some);
        Map<Column, Position> ends = new HashMap<>();
        List<Drafted> drafts = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            Opening opening = some.get(i);
            try {
                TaskStore.Place place = places.get(i).orElseThrow(() -> new Refusal.NotFound("project"));
                Project.require(place.role(), Project.Role.EDITOR);
                Column column = new Column(opening.project(), opening.content().section());
                Position last = ends.containsKey(column) ? ends.get(column) : place.last();
                Position position = Position.atEnd(last, random);
                ends.put(column, position);
                drafts.add(new Drafted(new TaskStore.Created(drafted(opening, position), opening.trace()), null));
            } catch (Refusal refusal) {
                drafts.add(new Drafted(null, refusal));
            }
        }
        return drafts;
    }

    private Task drafted(Opening opening, Position position) {
        return Task.open(
                new Task.Id(Uuid7.next(clock)),
                opening.project(),
                opening.content(),
                position,
                opening.person(),
                clock.instant());
    }

    /// @throws Refusal.NotFound when it is not in a project of the caller's, or deleted
    public Task task(Caller caller, Task.Id id) {
        return present(store.committed(caller.id(), id));
    }

    private static Task present(Optional<TaskStore.Seen> seen) {
        return seen.map(TaskStore.Seen::task)
                .filter(task -> task.deletedAt() == null)
                .orElseThrow(() -> new Refusal.NotFound("task"));
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
            UnaryOperator<Task.Content> change) {
        if (nesting) {
            lockProject(caller, id);
        }
        Task before = toChange(caller, id, expected);
        Task.Content content = change.apply(before.content());
        content.requireOrder(before.content(), zone);
        checkReferences(id, before.project(), before.content(), content);
        Position place = Objects.equals(before.content().section(), content.section())
                ? before.position()
                : Position.atEnd(store.lastPosition(before.project(), content.section()), random);
        Task after = before.with(content, place, clock.instant());
        return write(caller, before, after, TaskEvent.of(before, after));
    }

    /// Completing a completed task changes nothing: clients retry.
    @Transactional
    public Task complete(Caller caller, Task.Id id, @Nullable Long expected) {
        Task before = toChange(caller, id, expected);
        Task after = before.complete(clock.instant());
        return write(caller, before, after, TaskEvent.of(before, after));
    }

    /// Reopening an open task changes nothing.
    @Transactional
    public Task reopen(Caller caller, Task.Id id, @Nullable Long expected) {
        Task before = toChange(caller, id, expected);
        Task after = before.reopen(clock.instant());
        return write(caller, before, after, TaskEvent.of(before, after));
    }

    /// Moves it behind another task of a section; null makes it the first there.
    @Transactional
    public Task move(
            Caller caller, Task.Id id, @Nullable Long expected, Section.@Nullable Id section, Task.@Nullable Id after) {
        lockProject(caller, id);
        Task before = toChange(caller, id, expected);
        Project.Id project = before.project();
        if (section != null && !store.hasSection(project, section)) {
            throw new Refusal.Invalid("/sectionId", "unknown", "There is no such section in this project.");
        }
        Position lower = after == null ? null : placeOf(caller, project, section, id, after);
        Position upper = store.positionAfter(project, section, lower, id);
        Position place = Position.between(lower, upper);
        if (place.isTooLong()) {
            store.renewPositions(project, caller.id());
            return move(caller, id, expected, section, after);
        }
        Task moved = before.with(before.content().in(section), place, clock.instant());
        return write(caller, before, moved, TaskEvent.MOVED);
    }

    private Position placeOf(
            Caller caller, Project.Id project, Section.@Nullable Id section, Task.Id moving, Task.Id neighbour) {
        return store.task(caller.id(), neighbour)
                .map(TaskStore.Seen::task)
                .filter(task -> task.project().equals(project)
                        && task.deletedAt() == null
                        && !neighbour.equals(moving)
                        && Objects.equals(task.content().section(), section))
                .map(Task::position)
                .orElseThrow(
                        () -> new Refusal.Invalid("/after", "unknown", "There is no such other task in this section."));
    }

    /// Puts it in the trash with its sub-tasks. Removing a removed task changes nothing.
    @Transactional
    public void remove(Caller caller, Task.Id id, @Nullable Long expected) {
        lockProject(caller, id);
        Task task = editable(caller, id);
        if (task.deletedAt() == null) {
            task.requireVersion(expected);
            store.removeTree(id, caller.id(), clock.instant());
        }
    }

    /// Takes it out of the trash, with the sub-tasks that went there together with it. What it is a
    /// part of may still be in the trash: then it comes back as a task of its own.
    @Transactional
    public Task restore(Caller caller, Task.Id id) {
        lockProject(caller, id);
        Task task = editable(caller, id);
        Instant deletedAt = task.deletedAt();
        if (deletedAt == null) {
            return task;
        }
        Task.Id parent = task.content().parent();
        if (parent != null && !store.isIn(task.project(), parent)) {
            store.detach(id);
        }
        store.restoreTree(id, deletedAt, caller.id(), clock.instant());
        return present(store.task(caller.id(), id));
    }

    /// What arranges a project's tasks as a whole waits here for its turn, before it takes hold of any
    /// task: in this order nobody waits for each other in a ring.
    private void lockProject(Caller caller, Task.Id id) {
        Project.Id project = store.task(caller.id(), id)
                .orElseThrow(() -> new Refusal.NotFound("task"))
                .task()
                .project();
        projects.lock(project);
    }

    private Task editable(Caller caller, Task.Id id) {
        TaskStore.Seen seen = store.taskToChange(caller.id(), id).orElseThrow(() -> new Refusal.NotFound("task"));
        Project.require(seen.role(), Project.Role.EDITOR);
        return seen.task();
    }

    private Task toChange(Caller caller, Task.Id id, @Nullable Long expected) {
        Task task = editable(caller, id);
        if (task.deletedAt() != null) {
            throw new Refusal.NotFound("task");
        }
        task.requireVersion(expected);
        return task;
    }

    private Task write(Caller caller, Task before, Task after, TaskEvent event) {
        if (after.equals(before)) {
            return before;
        }
        Task written = after.by(caller.id());
        store.update(before, written, caller.id(), event);
        return written;
    }

    /// Everything a task points to must be in its project; only what is new is looked up.
    ///
    /// @param id null while there is no such task yet
    private void checkReferences(
            Task.@Nullable Id id, Project.Id project, Task.@Nullable Content before, Task.Content after) {
        Section.Id section = after.section();
        if (section != null
                && (before == null || !section.equals(before.section()))
                && !store.hasSection(project, section)) {
            throw new Refusal.Invalid("/sectionId", "unknown", "There is no such section in this project.");
        }
        if (!after.assignees().isEmpty()
                && (before == null || !after.assignees().equals(before.assignees()))) {
            Set<UUID> strangers = store.strangers(project, after.assignees());
            if (!strangers.isEmpty()) {
                throw new Refusal.Invalid("/assignees", "not-a-member", "Only members of the project can be assigned.");
            }
        }
        if (!after.labels().isEmpty()
                && (before == null || !after.labels().equals(before.labels()))
                && !store.foreignLabels(project, after.labels()).isEmpty()) {
            throw new Refusal.Invalid("/labels", "unknown", "There is no such label in this project.");
        }
        Task.Id parent = after.parent();
        if (parent != null && (before == null || !parent.equals(before.parent()))) {
            checkParent(id, project, parent, id == null ? 0 : store.depthBelow(id));
        }
    }

    private void checkParent(Task.@Nullable Id id, Project.Id project, Task.Id parent, int depthBelow) {
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
}
