package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.event.Event;
import tarn.platform.problem.Refusal;

/// Moves tasks within the order of a project: moves of one project run one after another, and those
/// that wait share a transaction, at most 64.
@Singleton
class TaskMoves {

    /// A task that a user wants to move within its project.
    ///
    /// @param expected the version the user has read; null for any
    /// @param section where to; null for none
    /// @param after the task to stand behind; null for the front of the section
    /// @param trace of the request; null when it has none
    record Move(
            UUID user,
            Task.Id id,
            @Nullable Long expected,
            Section.@Nullable Id section,
            Task.@Nullable Id after,
            @Nullable String trace) {

        TaskStore.TaskRead wanted() {
            return new TaskStore.TaskRead(user, id);
        }
    }

    /// The moved task, or why it is not moved.
    record MoveOutcome(@Nullable Task task, @Nullable Refusal refusal) {

        Task get() {
            if (task == null) {
                throw Objects.requireNonNull(refusal);
            }
            return task;
        }
    }

    /// A move that is allowed.
    private record Allowed(Move move, Task before, TaskPositionStore.Gap gap) {}

    /// A second transaction would only wait for the first one's lock.
    private static final Duration MAX_LINGER = Duration.ofMinutes(1);

    private final TaskStore store;
    private final TaskPositionStore positions;
    private final ProjectStore projects;
    private final TaskReferences references;
    private final Clock clock;
    private final KeyedBatcher<Project.Id, Move, MoveOutcome> batches =
            new KeyedBatcher<>(MAX_LINGER, TaskStore.MAX_AT_ONCE, this::moveTogether);

    TaskMoves(
            TaskStore store,
            TaskPositionStore positions,
            ProjectStore projects,
            TaskReferences references,
            Clock clock) {
        this.store = store;
        this.positions = positions;
        this.projects = projects;
        this.references = references;
        this.clock = clock;
    }

    /// Moves a task of the project. Not within a transaction.
    Task move(Project.Id project, Move move) {
        return batches.submit(project, move).get();
    }

    @Transactional
    List<MoveOutcome> moveTogether(Project.Id project, List<Move> moves) {
        projects.lock(project);
        store.lock(moves.stream().map(Move::id).toList());
        IdentityHashMap<Move, MoveOutcome> outcomes = new IdentityHashMap<>();
        List<Move> left = new ArrayList<>(moves);
        while (!left.isEmpty()) {
            outcomes.putAll(moveAtOnce(project, takeIndependent(left)));
        }
        return moves.stream().map(outcomes::get).toList();
    }

    /// Takes out moves none of which moves a task that another one moves or puts something behind. Whatever order
    /// they are done in, the result is the same.
    private static List<Move> takeIndependent(List<Move> left) {
        Set<Task.Id> moved = new HashSet<>();
        Set<Task.Id> neighbours = new HashSet<>();
        List<Move> independent = new ArrayList<>();
        for (Iterator<Move> moves = left.iterator(); moves.hasNext(); ) {
            Move move = moves.next();
            if (moved.contains(move.id()) || neighbours.contains(move.id()) || moved.contains(move.after())) {
                continue;
            }
            moved.add(move.id());
            neighbours.add(move.after());
            independent.add(move);
            moves.remove();
        }
        return independent;
    }

    private IdentityHashMap<Move, MoveOutcome> moveAtOnce(Project.Id project, List<Move> moves) {
        IdentityHashMap<Move, MoveOutcome> outcomes = new IdentityHashMap<>();
        List<Allowed> all = allowed(project, moves, outcomes);
        Map<TaskPositionStore.Gap, Task.Id> gaps = new HashMap<>();
        all.forEach(one -> gaps.putIfAbsent(one.gap(), one.before().id()));
        Map<TaskPositionStore.Gap, Position> ends = positions.ends(project, gaps);
        Instant now = clock.instant();
        List<Task> written = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (Allowed one : all) {
            Position position = Position.between(one.gap().lower(), ends.get(one.gap()));
            if (position.isTooLong()) {
                positions.renew(project, one.move().user());
                return moveAtOnce(project, moves);
            }
            // Whatever else is moved there stands before it.
            ends.put(one.gap(), position);
            Task moved = one.before().moveTo(one.move().section(), position, now);
            if (!moved.equals(one.before())) {
                moved = moved.by(one.move().user());
                written.add(moved);
                events.add(event(moved, one.move()));
            }
            outcomes.put(one.move(), new MoveOutcome(moved, null));
        }
        positions.move(written, events);
        return outcomes;
    }

    private static Event event(Task moved, Move move) {
        return new Event(TaskEvent.MOVED.type(), moved.id().value(), null, move.user(), move.trace(), Map.of());
    }

    /// Those that are allowed; the others get their outcome.
    private List<Allowed> allowed(Project.Id project, List<Move> moves, IdentityHashMap<Move, MoveOutcome> outcomes) {
        Set<TaskStore.TaskRead> wanted = new HashSet<>();
        for (Move move : moves) {
            wanted.add(move.wanted());
            if (move.after() != null) {
                wanted.add(new TaskStore.TaskRead(move.user(), move.after()));
            }
        }
        Map<TaskStore.TaskRead, TaskStore.Seen> seen = store.tasks(wanted);
        List<Allowed> all = new ArrayList<>();
        for (Move move : moves) {
            try {
                all.add(allowed(project, move, seen));
            } catch (Refusal refusal) {
                outcomes.put(move, new MoveOutcome(null, refusal));
            }
        }
        return all;
    }

    private Allowed allowed(Project.Id project, Move move, Map<TaskStore.TaskRead, TaskStore.Seen> seen) {
        TaskStore.Seen moving = seen.get(move.wanted());
        if (moving == null) {
            throw new Refusal.NotFound("task");
        }
        Task before = moving.editable(move.expected()).requirePresent();
        if (move.section() != null) {
            references.requireSection(project, move.section());
        }
        return new Allowed(move, before, new TaskPositionStore.Gap(move.section(), lower(move, project, seen)));
    }

    /// The position of the task to stand behind; null for the front.
    private static @Nullable Position lower(
            Move move, Project.Id project, Map<TaskStore.TaskRead, TaskStore.Seen> seen) {
        if (move.after() == null) {
            return null;
        }
        TaskStore.Seen neighbour = seen.get(new TaskStore.TaskRead(move.user(), move.after()));
        if (neighbour == null
                || neighbour.task().deletedAt() != null
                || !neighbour.task().project().equals(project)
                || neighbour.task().id().equals(move.id())
                || !Objects.equals(neighbour.task().content().section(), move.section())) {
            throw new Refusal.Invalid("/after", "unknown", "There is no such other task in this section.");
        }
        return neighbour.task().position();
    }
}
