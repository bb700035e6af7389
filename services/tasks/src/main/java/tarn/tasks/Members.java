package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tarn.platform.bus.CacheInvalidation;
import tarn.platform.bus.InvalidationBus;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of memberships: list, add, change role, remove, restore, admit invited users,
/// remove a user everywhere before the account is deleted; a project with other members always
/// keeps an owner.
///
/// Changes invalidate what other services in this process cache of the members ([InvalidationBus]).
@Singleton
class Members {

    /// Members of one project.
    static final int MAX_MEMBERS = 500;

    /// Projects named in a refusal.
    private static final int MAX_NAMED = 3;

    private final MemberStore store;
    private final ProjectStore projects;
    private final ItemStore items;
    private final JobStore jobs;
    private final UserLookup users;
    private final RemovedCopyStore removedCopies;
    private final DepartedUserStore departed;
    private final InvalidationBus bus;
    private final Clock clock;

    Members(
            MemberStore store,
            ProjectStore projects,
            ItemStore items,
            JobStore jobs,
            UserLookup users,
            RemovedCopyStore removedCopies,
            DepartedUserStore departed,
            InvalidationBus bus,
            Clock clock) {
        this.store = store;
        this.projects = projects;
        this.items = items;
        this.jobs = jobs;
        this.users = users;
        this.removedCopies = removedCopies;
        this.departed = departed;
        this.bus = bus;
        this.clock = clock;
    }

    /// The members of a project.
    public List<Member> of(Caller caller, Project.Id project) {
        projects.require(caller.id(), project, Project.Role.VIEWER);
        return store.of(project);
    }

    /// The members of a project, for services; empty for an unknown project.
    public List<Member> everybody(Project.Id project) {
        return store.of(project);
    }

    /// A user's role in a project.
    ///
    /// @throws Refusal.NotFound when the user is no member, or the project is deleted
    public Project.Role role(UUID user, Project.Id project) {
        return projects.role(user, project).orElseThrow(() -> new Refusal.NotFound("project"));
    }

    /// A user's roles for the given tasks, in no order; tasks the user may not see are left out.
    public List<MemberStore.TaskAccess> accesses(UUID user, Collection<Task.Id> tasks) {
        return store.accesses(user, tasks);
    }

    /// The projects that a user is a member of, including those in the trash.
    public List<UUID> projects(UUID user) {
        return store.projects(user);
    }

    /// The other users with whom a user shares a project; at most [MemberStore#MAX_COLLEAGUES].
    public List<UUID> colleagues(UUID user) {
        return store.colleagues(user);
    }

    /// Those of these users who are or were members of a project that a user is a member of.
    public Set<UUID> acquaintances(UUID user, Collection<UUID> among) {
        Set<UUID> known = new HashSet<>(store.colleagues(user, among));
        known.addAll(store.formerColleagues(user, among));
        return known;
    }

    /// Adds a member or changes the role.
    ///
    /// @throws Refusal.NotFound when the caller may not find the user
    /// @throws Refusal.Conflict when the account of a new member is closed, or the project would have
    /// no owner or more than [#MAX_MEMBERS]
    public Member put(Caller caller, Project.Id project, UUID user, Project.Role role) {
        projects.require(caller.id(), project, Project.Role.OWNER);
        // Asked before the transaction begins: identity may take its time.
        if (find(project, user).isEmpty() && isClosed(caller, user)) {
            throw new Refusal.Conflict("account-closed", "This account is closed. An administrator can reopen it.");
        }
        return write(caller, project, user, role);
    }

    /// Whether the account of a user whom the caller finds is closed.
    private boolean isClosed(Caller caller, UUID user) {
        boolean isKnown = caller.administers()
                || !store.colleagues(caller.id(), Set.of(user)).isEmpty();
        return (isKnown ? users.user(user) : users.accepted(user, caller.id()))
                .orElseThrow(() -> new Refusal.NotFound("user"))
                .closed();
    }

    @Transactional
    Member write(Caller caller, Project.Id project, UUID user, Project.Role role) {
        if (!departed.hold(user)) {
            throw new Refusal.NotFound("user");
        }
        projects.lock(project);
        projects.require(caller.id(), project, Project.Role.OWNER);
        Optional<Member> before = find(project, user);
        if (role != Project.Role.OWNER) {
            keepAnOwner(project, user);
        }
        if (before.isEmpty()) {
            requireRoom(project);
        }
        Member member = new Member(user, role, before.map(Member::addedAt).orElseGet(clock::instant));
        if (!before.equals(Optional.of(member))) {
            store.put(project, member, caller.id(), before.isEmpty() ? MemberEvent.ADDED : MemberEvent.CHANGED);
            bus.publish(changed(project));
        }
        return member;
    }

    /// Adds an invited user as member, or raises the role.
    ///
    /// @param invitedBy the inviter, who must still own the project
    /// @throws Refusal.NotFound when the user does not exist, or the project is in the trash or not
    /// the inviter's
    /// @throws Refusal.Conflict `not-owner` when the inviter no longer owns it, `too-many-members`
    @Transactional
    public Member admit(Project.Id project, UUID user, Project.Role role, UUID invitedBy) {
        if (!departed.hold(user)) {
            throw new Refusal.NotFound("user");
        }
        projects.lock(project);
        if (role(invitedBy, project) != Project.Role.OWNER) {
            throw new Refusal.Conflict("not-owner", "Who has invited this user no longer owns the project.");
        }
        Optional<Member> before = find(project, user);
        if (before.filter(member -> member.role().compareTo(role) >= 0).isPresent()) {
            return before.get();
        }
        if (before.isEmpty()) {
            requireRoom(project);
        }
        Member member = new Member(user, role, before.map(Member::addedAt).orElseGet(clock::instant));
        store.put(project, member, invitedBy, before.isEmpty() ? MemberEvent.ADDED : MemberEvent.CHANGED);
        bus.publish(changed(project));
        return member;
    }

    /// Removes a member with all assignments in the project, which can be restored; members may
    /// remove themselves.
    ///
    /// @throws Refusal.Conflict when the project would have no owner
    @Transactional
    public void remove(Caller caller, Project.Id project, UUID user) {
        boolean leaving = user.equals(caller.id());
        projects.require(caller.id(), project, leaving ? Project.Role.VIEWER : Project.Role.OWNER);
        projects.lock(project);
        Member member = find(project, user).orElseThrow(Members::unknown);
        keepAnOwner(project, user);
        List<UUID> tasks = store.remove(project, user, caller.id());
        Map<String, String> content =
                Map.of("role", member.role().name(), "addedAt", member.addedAt().toString());
        removedCopies.keep(
                project, RemovedCopyStore.Kind.MEMBER, user, new RemovedCopyStore.RemovedCopy(content, tasks));
        bus.publish(changed(project));
    }

    /// Restores a member who was removed in the last 30 days, with the role, unless the member has a
    /// higher one now, and the assignments to tasks that still are there. A member for whom nothing is
    /// kept stays as they are, because clients retry.
    ///
    /// @throws Refusal.NotFound when there is neither such a member nor anything to restore
    /// @throws Refusal.Conflict when the project has the maximum number of members
    @Transactional
    public Member restore(Caller caller, Project.Id project, UUID user) {
        projects.require(caller.id(), project, Project.Role.OWNER);
        if (!departed.hold(user)) {
            throw unknown();
        }
        projects.lock(project);
        projects.require(caller.id(), project, Project.Role.OWNER);
        Optional<Member> present = find(project, user);
        Optional<RemovedCopyStore.RemovedCopy> removed =
                removedCopies.take(project, RemovedCopyStore.Kind.MEMBER, user);
        if (removed.isEmpty()) {
            return present.orElseThrow(Members::unknown);
        }
        if (present.isEmpty()) {
            requireRoom(project);
        }
        RemovedCopyStore.RemovedCopy row = removed.get();
        Member former = new Member(user, Project.Role.valueOf(row.text("role")), Instant.parse(row.text("addedAt")));
        Member member = present.map(now -> now.withAtLeast(former.role())).orElse(former);
        MemberEvent event = present.isEmpty() ? MemberEvent.RESTORED : MemberEvent.CHANGED;
        store.restore(project, member, row.tasks(), caller.id(), event);
        bus.publish(changed(project));
        return member;
    }

    private void requireRoom(Project.Id project) {
        if (store.of(project).size() >= MAX_MEMBERS) {
            throw new Refusal.Conflict("too-many-members", "A project has at most " + MAX_MEMBERS + " members.");
        }
    }

    /// Removes a user from all projects, before the account is deleted; idempotent.
    ///
    /// Projects and items of this user alone go to the trash with the membership kept, so that they
    /// can be restored if the account stays.
    ///
    /// @throws Refusal.Conflict when a project with other members would have no owner
    @Transactional
    public void removeEverywhere(UUID user) {
        departed.add(user);
        projects.lockThoseOf(user);
        List<MemberStore.Membership> memberships = store.membershipsOf(user);
        List<String> orphaned = memberships.stream()
                .filter(MemberStore.Membership::isNeeded)
                .map(MemberStore.Membership::projectName)
                .toList();
        if (!orphaned.isEmpty()) {
            throw new Refusal.Conflict("last-owner", withoutOwner(orphaned));
        }
        for (MemberStore.Membership membership : memberships) {
            if (membership.otherMember()) {
                store.remove(membership.project(), user, user);
            } else if (!membership.deleted()) {
                projects.markDeleted(membership.project(), user, clock.instant());
            }
            bus.publish(changed(membership.project()));
        }
        store.forgetFormer(user);
        removedCopies.forget(user);
        items.removeOwn(user, clock.instant());
        jobs.deleteOf(user, clock.instant());
    }

    /// The invalidation of what other services cache of a project's members.
    static CacheInvalidation changed(Project.Id project) {
        return new CacheInvalidation("membership", project.value().toString());
    }

    private static String withoutOwner(List<String> projects) {
        String some =
                projects.stream().limit(MAX_NAMED).map(name -> "“" + name + "”").collect(Collectors.joining(", "));
        int more = projects.size() - MAX_NAMED;
        return "Others would be left without an owner in %s%s: make another user an owner first."
                .formatted(some, more > 0 ? " and %d more".formatted(more) : "");
    }

    private Optional<Member> find(Project.Id project, UUID user) {
        return store.of(project).stream()
                .filter(member -> member.userId().equals(user))
                .findFirst();
    }

    private static Refusal unknown() {
        return new Refusal.NotFound("member");
    }

    private void keepAnOwner(Project.Id project, UUID leaving) {
        boolean another = store.of(project).stream()
                .anyMatch(member ->
                        member.role() == Project.Role.OWNER && !member.userId().equals(leaving));
        if (!another) {
            throw new Refusal.Conflict("last-owner", "A project needs an owner: make another user an owner first.");
        }
    }
}
