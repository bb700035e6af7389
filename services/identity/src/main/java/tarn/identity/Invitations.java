package tarn.identity;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of invitations: create, list, preview, accept, revoke.
///
/// The creator's rights are checked when an invitation is accepted: owners of a project admit
/// members, administrators admit to this Tarn alone; [Registrations] says whether owners may admit
/// users without an account.
@Singleton
class Invitations {

    /// A newly created invitation.
    ///
    /// @param secret shown only once
    record CreatedInvitation(Invitation invitation, OpaqueSecret secret) {}

    /// What an invitation offers.
    ///
    /// @param projectName null without a project
    /// @param registers whether it admits users without an account
    record Offer(
            Invitation invitation,
            String creatorName,
            @Nullable String projectName,
            boolean registers) {}

    private final InvitationStore store;
    private final UserStore users;
    private final Registrations registrations;
    private final ProjectMemberships memberships;
    private final SecurityLog log;
    private final Clock clock;

    Invitations(
            InvitationStore store,
            UserStore users,
            Registrations registrations,
            ProjectMemberships memberships,
            SecurityLog log,
            Clock clock) {
        this.store = store;
        this.users = users;
        this.registrations = registrations;
        this.memberships = memberships;
        this.log = log;
        this.clock = clock;
    }

    /// An invitation that the caller may create, not created yet.
    ///
    /// @param expiresAt null for a week from now
    /// @throws Refusal.NotFound when the caller is no member of the project
    /// @throws Refusal.Forbidden when the caller may not invite
    /// @throws Refusal.Unavailable when the tasks service does not respond
    public Invitation prepare(
            Caller caller,
            @Nullable UUID project,
            Invitation.@Nullable MemberRole role,
            int maxUses,
            @Nullable Instant expiresAt) {
        User.Id creator = new User.Id(caller.id());
        Invitation invitation = Invitation.create(
                new Invitation.Id(Uuid7.next(clock)),
                creator,
                project,
                role,
                maxUses,
                expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS),
                clock.instant());
        if (project == null) {
            User user = users.user(creator).orElseThrow(Users::gone);
            if (!user.administers()) {
                throw new Refusal.Forbidden("forbidden", "Only administrators invite to no project.");
            }
        } else {
            requireOwner(project, caller.id());
        }
        return invitation;
    }

    private void requireOwner(UUID project, UUID user) {
        ProjectMemberships.Membership membership =
                memberships.of(project, user).orElseThrow(() -> new Refusal.NotFound("project"));
        if (membership.role() != Invitation.MemberRole.OWNER) {
            throw new Refusal.Forbidden("forbidden", "Only owners invite others to a project.");
        }
    }

    /// Creates a prepared invitation.
    ///
    /// @throws Refusal.Conflict when its creator has the maximum number of invitations
    @Transactional
    public CreatedInvitation create(Invitation invitation) {
        User.Id creator = users.locked(invitation.createdBy())
                .filter(open -> !open.closed())
                .orElseThrow(Users::gone)
                .id();
        if (store.countLive(creator, clock.instant()) >= Invitation.MAX_PER_USER) {
            throw new Refusal.Conflict(
                    "too-many-invitations",
                    "You have " + Invitation.MAX_PER_USER
                            + " invitations that can be used, as many as there can be: revoke some.");
        }
        OpaqueSecret secret = OpaqueSecret.fresh(Invitation.PREFIX);
        store.insert(invitation, secret);
        store.append(
                invitation.id(),
                creator.value(),
                new InvitationEvent.Created(
                        creator.value(),
                        invitation.project(),
                        invitation.role(),
                        invitation.maxUses(),
                        invitation.expiresAt()));
        Invitation.MemberRole role = invitation.role();
        log.append(
                SecurityEvent.EventKind.INVITED,
                SecurityEvent.Subject.self(creator),
                role == null ? "tarn" : role.name().toLowerCase(Locale.ROOT));
        return new CreatedInvitation(invitation, secret);
    }

    /// The caller's invitations, newest first.
    ///
    /// @param project only those to this project; null for all
    public Page<Invitation> of(
            Caller caller, @Nullable UUID project, @Nullable String cursor, @Nullable Integer limit) {
        return store.of(new User.Id(caller.id()), project, cursor, limit);
    }

    /// Revokes one of the caller's invitations, or as administrator any; admitted users stay.
    /// Idempotent.
    ///
    /// @throws Refusal.NotFound when the caller has no such invitation
    @Transactional
    public void revoke(Caller caller, Invitation.Id id) {
        Invitation invitation = store.locked(id)
                .filter(one -> caller.administrator() || one.createdBy().value().equals(caller.id()))
                .orElseThrow(() -> new Refusal.NotFound("invitation"));
        Invitation revoked = invitation.revoke(clock.instant());
        if (!revoked.equals(invitation)) {
            store.revoke(revoked);
            store.append(
                    id,
                    caller.id(),
                    new InvitationEvent.Revoked(invitation.createdBy().value()));
        }
    }

    /// What an invitation offers.
    ///
    /// @param caller a user already counted may complete the acceptance even after the end; null
    /// when anonymous
    /// @throws Refusal.NotFound when the secret is unknown
    /// @throws Refusal.Conflict `invitation-ended`
    /// @throws Refusal.Unavailable when the tasks service does not respond
    public Offer offer(@Nullable Caller caller, OpaqueSecret secret) {
        Invitation invitation = store.bySecret(secret).orElseThrow(Invitations::unknown);
        Optional<User.Id> user = Optional.ofNullable(caller).map(present -> new User.Id(present.id()));
        Optional<InvitationStore.Use> use = user.flatMap(one -> store.use(invitation.id(), one));
        if (use.isEmpty()) {
            requireLive(invitation);
        } else if (use.get() == InvitationStore.Use.COMPLETED) {
            requireStillMember(invitation, user.orElseThrow());
        }
        User creator = users.user(invitation.createdBy()).orElseThrow(Invitations::ended);
        return new Offer(
                invitation,
                creator.profile().name(),
                projectName(invitation).orElse(null),
                registers(invitation, creator));
    }

    /// Admits the caller; idempotent, and completes an interrupted acceptance. A member whose role is
    /// as high already is not counted.
    ///
    /// @return the project that the caller is now a member of; empty without a project
    /// @throws Refusal.NotFound when the secret is unknown
    /// @throws Refusal.Conflict `invitation-ended`, also for who accepted it and is no longer a member
    /// @throws Refusal.Unavailable when the tasks service does not respond; the client should retry
    public Optional<UUID> accept(Caller caller, OpaqueSecret secret) {
        User.Id user = new User.Id(caller.id());
        Invitation invitation = store.bySecret(secret).orElseThrow(Invitations::unknown);
        if (store.use(invitation.id(), user).isEmpty()) {
            requireOpen(invitation);
            projectName(invitation);
            if (isMember(invitation, user)) {
                return Optional.ofNullable(invitation.project());
            }
            begin(invitation.id(), user);
        }
        UUID project = invitation.project();
        Invitation.MemberRole role = invitation.role();
        if (project == null || role == null) {
            return Optional.empty();
        }
        if (store.use(invitation.id(), user).equals(Optional.of(InvitationStore.Use.COMPLETED))) {
            requireStillMember(invitation, user);
        } else {
            admit(invitation, project, user, role);
        }
        return Optional.of(project);
    }

    /// Whether the user is a member already, with the invitation's role or a higher one.
    private boolean isMember(Invitation invitation, User.Id user) {
        UUID project = invitation.project();
        Invitation.MemberRole role = invitation.role();
        return project != null
                && role != null
                && memberships
                        .of(project, user.value())
                        .filter(membership -> membership.role().compareTo(role) >= 0)
                        .isPresent();
    }

    /// @throws Refusal.Conflict when the user was taken out of the project
    private void requireStillMember(Invitation invitation, User.Id user) {
        UUID project = invitation.project();
        if (project != null && memberships.of(project, user.value()).isEmpty()) {
            throw ended();
        }
    }

    private void admit(Invitation invitation, UUID project, User.Id user, Invitation.MemberRole role) {
        String key = invitation.id().value() + ":" + user.value();
        if (!memberships.admit(
                project, user.value(), role, invitation.createdBy().value(), key)) {
            throw ended();
        }
        complete(invitation.id(), user);
    }

    /// Counts a user once.
    ///
    /// @throws Refusal.Conflict `invitation-ended`
    @Transactional
    void begin(Invitation.Id id, User.Id user) {
        Invitation invitation = store.locked(id).orElseThrow(Invitations::ended);
        if (store.use(id, user).isPresent()) {
            return;
        }
        Instant now = clock.instant();
        if (!invitation.isLive(now)) {
            throw ended();
        }
        store.begin(invitation, user, now);
        store.append(id, user.value(), new InvitationEvent.Accepted(user.value()));
    }

    @Transactional
    void complete(Invitation.Id id, User.Id user) {
        store.complete(id, user, clock.instant());
    }

    /// Refuses an invitation that admits no user without an account, also by the rights of its creator
    /// in its project.
    ///
    /// @throws Refusal.NotFound when the secret is unknown
    /// @throws Refusal.Conflict `invitation-ended`
    /// @throws Refusal.Unavailable when the tasks service does not respond
    void requireOffered(OpaqueSecret secret) {
        projectName(requireRegistering(secret));
    }

    /// An invitation that admits users without an account, by what identity knows.
    ///
    /// @throws Refusal.NotFound when the secret is unknown
    /// @throws Refusal.Conflict `invitation-ended`
    Invitation requireRegistering(OpaqueSecret secret) {
        Invitation invitation = live(secret);
        if (users.user(invitation.createdBy())
                .filter(creator -> registers(invitation, creator))
                .isEmpty()) {
            throw new Refusal.Conflict(
                    "invitation-ended",
                    "This invitation is for users who have an account already. Ask for another one where you got it.");
        }
        return invitation;
    }

    private boolean registers(Invitation invitation, User creator) {
        return invitation.project() == null ? creator.administers() : registrations.mayInvite(creator);
    }

    private Invitation live(OpaqueSecret secret) {
        Invitation invitation = store.bySecret(secret).orElseThrow(Invitations::unknown);
        requireLive(invitation);
        return invitation;
    }

    /// @throws Refusal.Conflict also when the creator's account is closed
    private void requireLive(Invitation invitation) {
        if (!invitation.isLive(clock.instant())) {
            throw ended();
        }
        requireOpen(invitation);
    }

    /// @throws Refusal.Conflict when the creator's account is closed
    private void requireOpen(Invitation invitation) {
        if (users.user(invitation.createdBy()).filter(User::closed).isPresent()) {
            throw ended();
        }
    }

    /// @throws Refusal.Conflict when the creator no longer owns the project
    private Optional<String> projectName(Invitation invitation) {
        UUID project = invitation.project();
        if (project == null) {
            return Optional.empty();
        }
        return Optional.of(memberships
                .of(project, invitation.createdBy().value())
                .filter(membership -> membership.role() == Invitation.MemberRole.OWNER)
                .orElseThrow(Invitations::ended)
                .projectName());
    }

    private static Refusal unknown() {
        return new Refusal.NotFound("invitation");
    }

    private static Refusal ended() {
        return new Refusal.Conflict(
                "invitation-ended", "This invitation has ended. Ask for another one where you got it.");
    }
}
