package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan;
import tarn.imports.UnreadableImport;
import tarn.platform.Uuid7;
import tarn.platform.event.RequestTrace;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// Creates a project with its sections, labels and tasks from an import plan, in one transaction;
/// comments of the plan are left to [ImportRunner].
@Singleton
class Imports {

    private final Projects projects;
    private final SectionStore sections;
    private final LabelStore labels;
    private final TaskStore tasks;
    private final Clock clock;

    Imports(Projects projects, SectionStore sections, LabelStore labels, TaskStore tasks, Clock clock) {
        this.projects = projects;
        this.sections = sections;
        this.labels = labels;
        this.tasks = tasks;
        this.clock = clock;
    }

    /// Why a file cannot be imported, as a refusal.
    static Refusal refusal(UnreadableImport unreadable) {
        return new Refusal.Invalid(
                "import-invalid",
                unreadable.detail(),
                List.of(new Problem.FieldError("", unreadable.code(), unreadable.detail())));
    }

    /// Creates the project, owned by the caller.
    @Transactional
    public Project carryOut(Caller caller, ImportPlan plan) {
        ImportRows rows = new ImportRows(Uuid7.next(clock), plan, caller.id(), clock.instant());
        createProject(caller, plan, rows);
        @Nullable String trace = RequestTrace.traceparent();
        tasks.insertAll(rows.tasks(0, plan.items().size()).stream()
                .map(task -> new TaskStore.Created(task, trace))
                .toList());
        return projects.project(caller, rows.project());
    }

    /// Creates the project with its sections and labels, owned by the caller.
    @Transactional
    public void createProject(Caller caller, ImportPlan plan, ImportRows rows) {
        projects.create(
                caller,
                rows.project(),
                new Project.Content(
                        plan.projectName(), plan.description(), Project.USUAL_COLOR, null, false, caller.timeZone()),
                List.of(),
                plan.format().text());
        sections.insert(rows.project(), rows.sections(), caller.id());
        labels.insert(rows.project(), rows.labels(), caller.id());
    }
}
