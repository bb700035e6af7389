package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of labels: list, create, change, delete, restore; at most 1,000 per project.
@Singleton
class Labels {

    /// Labels per project.
    static final int MAX_LABELS = 1_000;

    private final LabelStore store;
    private final ProjectStore projects;
    private final RemovedCopyStore removedCopies;
    private final Clock clock;

    Labels(LabelStore store, ProjectStore projects, RemovedCopyStore removedCopies, Clock clock) {
        this.store = store;
        this.projects = projects;
        this.removedCopies = removedCopies;
        this.clock = clock;
    }

    /// Labels by name.
    public List<Label> of(Caller caller, Project.Id project) {
        projects.require(caller.id(), project, Project.Role.VIEWER);
        return store.of(project);
    }

    @Transactional
    public Label create(Caller caller, Project.Id project, Label.Content content) {
        projects.require(caller.id(), project, Project.Role.EDITOR);
        projects.lock(project);
        requireRoom(project);
        Label label = Label.create(new Label.Id(Uuid7.next(clock)), content, caller.id(), clock.instant());
        store.insert(project, List.of(label), caller.id());
        return label;
    }

    @Transactional
    public Label change(
            Caller caller,
            Project.Id project,
            Label.Id id,
            @Nullable Long expected,
            UnaryOperator<Label.Content> change) {
        Label before = label(caller, project, id);
        before.requireVersion(expected);
        Label.Content content = change.apply(before.content());
        if (content.equals(before.content())) {
            return before;
        }
        Label label = before.with(content, caller.id(), clock.instant());
        store.update(label, caller.id());
        return label;
    }

    /// Deletes a label, also from all tasks.
    @Transactional
    public void delete(Caller caller, Project.Id project, Label.Id id) {
        Label label = label(caller, project, id);
        List<UUID> tasks = store.delete(project, id, caller.id());
        Map<String, String> content = Map.of(
                "name", label.content().name(),
                "color", label.content().color().name(),
                "version", Long.toString(label.version()));
        removedCopies.keep(
                project, RemovedCopyStore.Kind.LABEL, id.value(), new RemovedCopyStore.RemovedCopy(content, tasks));
    }

    /// Restores a label that was deleted in the last 30 days, on the tasks that still are there;
    /// idempotent, because clients retry.
    ///
    /// @throws Refusal.NotFound when nothing is kept of it
    /// @throws Refusal.Conflict when the project has the maximum number of labels
    @Transactional
    public Label restore(Caller caller, Project.Id project, Label.Id id) {
        projects.require(caller.id(), project, Project.Role.EDITOR);
        projects.lock(project);
        Optional<Label> present = store.find(project, id);
        if (present.isPresent()) {
            return present.get();
        }
        RemovedCopyStore.RemovedCopy row = removedCopies
                .take(project, RemovedCopyStore.Kind.LABEL, id.value())
                .orElseThrow(() -> new Refusal.NotFound("label"));
        requireRoom(project);
        Label.Content content = new Label.Content(row.text("name"), Color.named(row.text("color")));
        Label label = new Label(id, content, clock.instant(), caller.id(), row.version() + 1);
        store.restore(project, label, row.tasks(), caller.id());
        return label;
    }

    private void requireRoom(Project.Id project) {
        if (store.of(project).size() >= MAX_LABELS) {
            throw new Refusal.Conflict("too-many-labels", "A project has at most " + MAX_LABELS + " labels.");
        }
    }

    private Label label(Caller caller, Project.Id project, Label.Id id) {
        projects.require(caller.id(), project, Project.Role.EDITOR);
        projects.lock(project);
        return store.find(project, id).orElseThrow(() -> new Refusal.NotFound("label"));
    }
}
