package tarn.tasks;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.problem.Refusal;

/// Creates tasks, each with its event: those that are asked for at the same time share a
/// transaction, at most 64, and when it fails because of one of them each is tried by itself.
/// Sub-tasks always have their own.
@Singleton
class TaskCreation {

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
    private final TaskPositionStore positions;
    private final ProjectStore projects;
    private final TaskReferences references;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Batcher<NewTask, Drafted> batcher =
            new Batcher<>(TaskStore.MAX_LINGER, TaskStore.MAX_AT_ONCE, this::createTogether);

    TaskCreation(
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

    /// Creates a task at the end of its section: in the caller's transaction when there is one, else together with
    /// what others create at the same time.
    Task create(NewTask task) {
        boolean alone =
                task.content().parent() != null || QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION;
        return (alone ? createAlone(task) : batcher.submit(task).get()).task();
    }

    /// Inserts all that may be created in one transaction, and relies on the database's constraints that what they
    /// point to is there. When one is refused, creates each by itself, so that everybody learns what was wrong with
    /// theirs.
    private List<Drafted> createTogether(List<NewTask> some) {
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
                    .map(task -> CompletableFuture.supplyAsync(() -> outcome(task), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private Drafted outcome(NewTask task) {
        try {
            return new Drafted(createAlone(task), null);
        } catch (RuntimeException failure) {
            return new Drafted(null, failure);
        }
    }

    @Transactional
    TaskStore.Created createAlone(NewTask task) {
        TaskStore.Created created = draft(List.of(task)).getFirst().get();
        if (task.content().parent() != null) {
            projects.lock(task.project());
        }
        references.require(null, task.project(), null, task.content());
        store.insertAll(List.of(created));
        return created;
    }

    @Transactional
    void insert(List<TaskStore.Created> tasks) {
        store.insertAll(tasks);
    }

    /// Gives each its position behind the last of its section; a user who may not create it gets a refusal.
    private List<Drafted> draft(List<NewTask> some) {
        List<Optional<TaskPositionStore.InsertPosition>> places = positions.places(some);
        Map<Column, Position> ends = new HashMap<>();
        List<Drafted> drafts = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            NewTask task = some.get(i);
            try {
                TaskPositionStore.InsertPosition place =
                        places.get(i).orElseThrow(() -> new Refusal.NotFound("project"));
                Project.require(place.role(), Project.Role.EDITOR);
                Column column = new Column(task.project(), task.content().section());
                Position last = ends.containsKey(column) ? ends.get(column) : place.last();
                Position position = Position.atEnd(last, random);
                ends.put(column, position);
                drafts.add(new Drafted(new TaskStore.Created(drafted(task, position), task.trace()), null));
            } catch (Refusal refusal) {
                drafts.add(new Drafted(null, refusal));
            }
        }
        return drafts;
    }

    private Task drafted(NewTask task, Position position) {
        return Task.create(
                new Task.Id(Uuid7.next(clock)), task.project(), task.content(), position, task.user(), clock.instant());
    }
}
