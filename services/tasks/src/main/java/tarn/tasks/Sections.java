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

/// The use cases of sections: list, create, change, move, delete when empty, restore; at most 500
/// per project.
@Singleton
class Sections {

    /// Sections per project.
    static final int MAX_SECTIONS = 500;

    private final SectionStore store;
    private final ProjectStore projects;
    private final RemovedCopyStore removedCopies;
    private final Clock clock;

    Sections(SectionStore store, ProjectStore projects, RemovedCopyStore removedCopies, Clock clock) {
        this.store = store;
        this.projects = projects;
        this.removedCopies = removedCopies;
        this.clock = clock;
    }

    /// Sections in board order, archived or not.
    public List<Section> of(Caller caller, Project.Id project) {
        projects.require(caller.id(), project, Project.Role.VIEWER);
        return store.of(project);
    }

    /// Creates a section at the end of the board.
    @Transactional
    public Section create(Caller caller, Project.Id project, Section.Content content) {
        projects.require(caller.id(), project, Project.Role.EDITOR);
        projects.lock(project);
        List<Section> present = store.of(project);
        requireRoom(present);
        Section section = Section.create(
                new Section.Id(Uuid7.next(clock)), content, behind(present), caller.id(), clock.instant());
        store.insert(project, List.of(section), caller.id());
        return section;
    }

    /// Renames, archives or unarchives a section.
    @Transactional
    public Section change(
            Caller caller,
            Project.Id project,
            Section.Id id,
            @Nullable Long expected,
            UnaryOperator<Section.Content> change) {
        Section before = section(caller, project, id);
        before.requireVersion(expected);
        Section.Content content = change.apply(before.content());
        return content.equals(before.content())
                ? before
                : write(caller, before.with(content, before.position(), caller.id(), clock.instant()));
    }

    /// Moves a section behind another; null for the first position.
    @Transactional
    public Section move(Caller caller, Project.Id project, Section.Id id, Section.@Nullable Id after) {
        Section before = section(caller, project, id);
        List<Section> others = store.of(project).stream()
                .filter(section -> !section.id().equals(id))
                .toList();
        int place = 0;
        if (after != null) {
            place = 1 + others.stream().map(Section::id).toList().indexOf(after);
            if (place == 0) {
                throw new Refusal.Invalid("/after", "unknown", "There is no such section in this project.");
            }
        }
        Position lower = place == 0 ? null : others.get(place - 1).position();
        Position upper = place == others.size() ? null : others.get(place).position();
        Position position = Position.between(lower, upper);
        if (position.isTooLong()) {
            store.renewPositions(project, caller.id());
            return move(caller, project, id, after);
        }
        return write(caller, before.with(before.content(), position, caller.id(), clock.instant()));
    }

    /// Deletes an empty section.
    ///
    /// @throws Refusal.Conflict when it has tasks
    @Transactional
    public void delete(Caller caller, Project.Id project, Section.Id id) {
        Section section = section(caller, project, id);
        store.awaitNewcomers(id);
        if (store.holdsTasks(id)) {
            throw new Refusal.Conflict(
                    "section-not-empty", "There are tasks in it: move them, or archive the section.");
        }
        List<UUID> tasks = store.delete(project, id, caller.id());
        Map<String, String> content = Map.of(
                "name", section.content().name(),
                "archived", Boolean.toString(section.content().archived()),
                "position", section.position().key(),
                "version", Long.toString(section.version()));
        removedCopies.keep(
                project, RemovedCopyStore.Kind.SECTION, id.value(), new RemovedCopyStore.RemovedCopy(content, tasks));
    }

    /// Restores a section that was deleted in the last 30 days, at its place, or at the end of the
    /// board when another has taken it, with its tasks that are in no other section; idempotent,
    /// because clients retry.
    ///
    /// @throws Refusal.NotFound when nothing is kept of it
    /// @throws Refusal.Conflict when the project has the maximum number of sections
    @Transactional
    public Section restore(Caller caller, Project.Id project, Section.Id id) {
        projects.require(caller.id(), project, Project.Role.EDITOR);
        projects.lock(project);
        Optional<Section> present = store.find(project, id);
        if (present.isPresent()) {
            return present.get();
        }
        RemovedCopyStore.RemovedCopy row = removedCopies
                .take(project, RemovedCopyStore.Kind.SECTION, id.value())
                .orElseThrow(() -> new Refusal.NotFound("section"));
        List<Section> others = store.of(project);
        requireRoom(others);
        Position former = new Position(row.text("position"));
        boolean taken = others.stream().anyMatch(other -> other.position().equals(former));
        Section.Content content = new Section.Content(row.text("name"), Boolean.parseBoolean(row.text("archived")));
        Section section = new Section(
                id, content, taken ? behind(others) : former, clock.instant(), caller.id(), row.version() + 1);
        store.restore(project, section, row.tasks(), caller.id());
        return section;
    }

    private static void requireRoom(List<Section> present) {
        if (present.size() >= MAX_SECTIONS) {
            throw new Refusal.Conflict("too-many-sections", "A project has at most " + MAX_SECTIONS + " sections.");
        }
    }

    private static Position behind(List<Section> present) {
        return Position.between(present.isEmpty() ? null : present.getLast().position(), null);
    }

    private Section section(Caller caller, Project.Id project, Section.Id id) {
        projects.require(caller.id(), project, Project.Role.EDITOR);
        projects.lock(project);
        return store.find(project, id).orElseThrow(() -> new Refusal.NotFound("section"));
    }

    private Section write(Caller caller, Section section) {
        store.update(section, caller.id());
        return section;
    }
}
