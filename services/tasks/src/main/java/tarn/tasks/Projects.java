package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.bus.InvalidationBus;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of projects: create with first sections and an owner, read, list, change, delete,
/// restore.
@Singleton
class Projects {

    /// The sections of a new project.
    static final List<String> FIRST_SECTIONS = List.of("To do", "Doing", "Done");

    private final ProjectStore store;
    private final MemberStore members;
    private final SectionStore sections;
    private final DepartedUserStore departed;
    private final InvalidationBus bus;
    private final Clock clock;

    Projects(
            ProjectStore store,
            MemberStore members,
            SectionStore sections,
            DepartedUserStore departed,
            InvalidationBus bus,
            Clock clock) {
        this.store = store;
        this.members = members;
        this.sections = sections;
        this.departed = departed;
        this.bus = bus;
        this.clock = clock;
    }

    /// Creates a project owned by the caller.
    @Transactional
    public Project create(Caller caller, Project.Content content) {
        return create(caller, new Project.Id(Uuid7.next(clock)), content, FIRST_SECTIONS, null);
    }

    /// Creates a project with these sections, owned by the caller.
    ///
    /// @param importedFrom format of the imported file; null for none
    @Transactional
    public Project create(
            Caller caller,
            Project.Id id,
            Project.Content content,
            List<String> sectionNames,
            @Nullable String importedFrom) {
        departed.requirePresent(caller.id());
        Instant now = clock.instant();
        Project project = new Project(id, content, Project.Role.OWNER, 0, 0, false, now, now, caller.id(), null, 1);
        store.insert(project, caller.id(), importedFrom);
        members.put(project.id(), new Member(caller.id(), Project.Role.OWNER, now), caller.id(), MemberEvent.ADDED);
        List<Position> positions = Position.sequence(sectionNames.size());
        List<Section> first = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            first.add(Section.create(
                    new Section.Id(Uuid7.next(clock)),
                    new Section.Content(sectionNames.get(i), false),
                    positions.get(i),
                    caller.id(),
                    now));
        }
        sections.insert(project.id(), first, caller.id());
        return project;
    }

    /// @throws Refusal.NotFound when the caller is no member, or it is deleted
    public Project project(Caller caller, Project.Id id) {
        return project(caller.id(), id);
    }

    /// A project as one of its members sees it, for services.
    ///
    /// @throws Refusal.NotFound when it is none of the user's, or in the trash
    public Project project(UUID user, Project.Id id) {
        return store.project(user, id)
                .filter(project -> project.deletedAt() == null)
                .orElseThrow(() -> new Refusal.NotFound("project"));
    }

    public Page<Project> of(
            Caller caller,
            @Nullable String text,
            @Nullable Boolean archived,
            boolean deleted,
            String sort,
            @Nullable String cursor,
            @Nullable Integer limit) {
        return store.of(caller.id(), text, archived, deleted, sort, cursor, limit);
    }

    /// Changes a project.
    ///
    /// @param expected the version the caller has read; null for any
    @Transactional
    public Project change(
            Caller caller, Project.Id id, @Nullable Long expected, UnaryOperator<Project.Content> change) {
        Project before = owned(caller, id);
        if (before.deletedAt() != null) {
            throw new Refusal.NotFound("project");
        }
        before.requireVersion(expected);
        Project.Content content = change.apply(before.content());
        if (content.equals(before.content())) {
            return before;
        }
        store.update(id, content, caller.id(), clock.instant());
        return project(caller, id);
    }

    /// Moves a project to the trash; idempotent, because clients retry.
    @Transactional
    public void delete(Caller caller, Project.Id id, @Nullable Long expected) {
        Project project = owned(caller, id);
        if (project.deletedAt() == null) {
            project.requireVersion(expected);
            store.markDeleted(id, caller.id(), clock.instant());
            bus.publish(Members.changed(id));
        }
    }

    /// Takes a project out of the trash.
    @Transactional
    public Project restore(Caller caller, Project.Id id) {
        departed.requirePresent(caller.id());
        Project project = owned(caller, id);
        if (project.deletedAt() != null) {
            store.markDeleted(id, caller.id(), null);
            bus.publish(Members.changed(id));
        }
        return project(caller, id);
    }

    /// The project, locked until the end of the transaction.
    private Project owned(Caller caller, Project.Id id) {
        store.lock(id);
        Project project = store.project(caller.id(), id).orElseThrow(() -> new Refusal.NotFound("project"));
        project.require(Project.Role.OWNER);
        return project;
    }
}
