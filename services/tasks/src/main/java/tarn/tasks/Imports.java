package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportDate;
import tarn.imports.ImportPlan;
import tarn.platform.Uuid7;
import tarn.platform.event.RequestTrace;
import tarn.platform.security.Caller;

/// Creates a project from an import plan in one transaction.
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

    /// Creates the project, owned by the caller.
    @Transactional
    public Project carryOut(Caller caller, ImportPlan plan) {
        Project project = projects.create(
                caller,
                new Project.Content(
                        plan.projectName(), plan.description(), Project.USUAL_COLOR, null, false, caller.timeZone()),
                List.of(),
                plan.format().text());
        Map<String, Section.Id> sectionIds = insertSections(caller, project.id(), plan.sections());
        Map<String, Label.Id> labelIds = insertLabels(caller, project.id(), plan.labels());
        List<Task> all = new ArrayList<>(plan.items().size());
        Map<String, Task.Id> taskIds = new HashMap<>();
        List<Position> positions = Position.sequence(plan.items().size());
        Instant now = clock.instant();
        for (ImportPlan.Item item : plan.items()) {
            Task.Id id = new Task.Id(Uuid7.next(clock));
            taskIds.put(item.key(), id);
            Set<Label.Id> marks = item.labelKeys().stream().map(labelIds::get).collect(Collectors.toSet());
            Task.Content content = new Task.Content(
                    item.sectionKey() == null ? null : sectionIds.get(item.sectionKey()),
                    item.parentKey() == null ? null : taskIds.get(item.parentKey()),
                    item.title(),
                    item.description(),
                    item.done() ? Task.Status.DONE : Task.Status.OPEN,
                    Task.Priority.valueOf(item.priority().name()),
                    dateOrTime(item.start()),
                    dateOrTime(item.due()),
                    Set.of(),
                    marks,
                    item.archived());
            all.add(new Task(
                    id,
                    project.id(),
                    content,
                    positions.get(all.size()),
                    Task.Subtasks.NONE,
                    item.completedAt(),
                    caller.id(),
                    now,
                    now,
                    caller.id(),
                    null,
                    1));
        }
        String trace = RequestTrace.traceparent();
        tasks.insertAll(
                all.stream().map(task -> new TaskStore.Created(task, trace)).toList());
        return projects.project(caller, project.id());
    }

    private static @Nullable DateOrTime dateOrTime(@Nullable ImportDate date) {
        return switch (date) {
            case null -> null;
            case ImportDate.OnDate(LocalDate day) -> new DateOrTime.OnDate(day);
            case ImportDate.AtTime(Instant time) -> new DateOrTime.AtTime(time);
        };
    }

    private Map<String, Section.Id> insertSections(
            Caller caller, Project.Id project, List<ImportPlan.Section> planned) {
        Map<String, Section.Id> ids = new HashMap<>();
        List<Section> all = new ArrayList<>();
        List<Position> positions = Position.sequence(planned.size());
        for (ImportPlan.Section section : planned) {
            Section.Id id = new Section.Id(Uuid7.next(clock));
            Section.Content content = new Section.Content(section.name(), section.archived());
            all.add(Section.create(id, content, positions.get(ids.size()), caller.id(), clock.instant()));
            ids.put(section.key(), id);
        }
        sections.insert(project, all, caller.id());
        return ids;
    }

    private Map<String, Label.Id> insertLabels(Caller caller, Project.Id project, List<ImportPlan.Label> planned) {
        Map<String, Label.Id> ids = new HashMap<>();
        List<Label> all = new ArrayList<>();
        for (ImportPlan.Label label : planned) {
            Label.Id id = new Label.Id(Uuid7.next(clock));
            Color color = Color.valueOf(label.color().name());
            all.add(Label.create(id, new Label.Content(label.name(), color), caller.id(), clock.instant()));
            ids.put(label.key(), id);
        }
        labels.insert(project, all, caller.id());
        return ids;
    }
}
