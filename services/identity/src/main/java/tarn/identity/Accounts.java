package tarn.identity;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// What administrators do about the accounts of others: list, make or unmake an administrator,
/// close, reopen, end sessions.
///
/// A changed role ends the user's sessions, because their access tokens say the former role.
@Singleton
class Accounts {

    private final UserStore store;
    private final PasswordResetStore resets;
    private final InvitationStore invitations;
    private final CredentialRevoker revoker;
    private final SecurityLog log;
    private final Clock clock;

    Accounts(
            UserStore store,
            PasswordResetStore resets,
            InvitationStore invitations,
            CredentialRevoker revoker,
            SecurityLog log,
            Clock clock) {
        this.store = store;
        this.resets = resets;
        this.invitations = invitations;
        this.revoker = revoker;
        this.log = log;
        this.clock = clock;
    }

    /// All accounts, by name.
    ///
    /// @param text words of a name, or part of an e-mail address; null for all
    public Page<Account> list(@Nullable String text, @Nullable String cursor, @Nullable Integer limit) {
        return store.accounts(text, cursor, limit);
    }

    /// Makes a user an administrator; idempotent.
    ///
    /// @throws Refusal.NotFound when there is no such user
    @Transactional
    public void makeAdministrator(Caller caller, User.Id id) {
        changeRole(caller, id, true);
    }

    /// Takes the role of administrator from a user; idempotent.
    ///
    /// @throws Refusal.NotFound when there is no such user
    /// @throws Refusal.Conflict `last-administrator`
    @Transactional
    public void unmakeAdministrator(Caller caller, User.Id id) {
        changeRole(caller, id, false);
    }

    private void changeRole(Caller caller, User.Id id, boolean administers) {
        if (change(caller, id, user -> user.administering(administers, clock.instant()))) {
            log.append(
                    SecurityEvent.EventKind.ROLE_CHANGED,
                    SecurityEvent.Subject.by(id, caller.id()),
                    administers ? "administrator" : "user");
            revoker.endAll(id, caller.id(), SessionEvent.Reason.ROLE_CHANGED, false);
        }
    }

    /// Closes an account and ends its sessions, personal access tokens and invitations; idempotent.
    ///
    /// @throws Refusal.NotFound when there is no such user
    /// @throws Refusal.Conflict `last-administrator`
    @Transactional
    public void close(Caller caller, User.Id id) {
        if (change(caller, id, user -> user.close(clock.instant()))) {
            log.append(SecurityEvent.EventKind.ACCOUNT_CLOSED, SecurityEvent.Subject.by(id, caller.id()), null);
        }
        resets.deleteOf(id);
        invitations.revokeAll(id, caller.id(), clock.instant());
        revoker.endAll(id, caller.id(), SessionEvent.Reason.ACCOUNT_CLOSED, true);
    }

    /// Reopens an account, which signs in with its password; idempotent.
    ///
    /// @throws Refusal.NotFound when there is no such user
    @Transactional
    public void reopen(Caller caller, User.Id id) {
        if (change(caller, id, user -> user.reopen(clock.instant()))) {
            log.append(SecurityEvent.EventKind.ACCOUNT_REOPENED, SecurityEvent.Subject.by(id, caller.id()), null);
        }
    }

    /// Ends all sessions and personal access tokens of a user.
    ///
    /// @throws Refusal.NotFound when there is no such user
    @Transactional
    public void endSessions(Caller caller, User.Id id) {
        requireAdministrator(caller);
        var _ = store.locked(id).orElseThrow(() -> new Refusal.NotFound("user"));
        revoker.endAll(id, caller.id(), SessionEvent.Reason.ENDED_BY_ADMINISTRATOR, true);
    }

    /// Whether the change changed anything.
    private boolean change(Caller caller, User.Id id, UnaryOperator<User> change) {
        store.lockEveryone();
        requireAdministrator(caller);
        User before = store.locked(id).orElseThrow(() -> new Refusal.NotFound("user"));
        User after = change.apply(before);
        if (before.administers() && !after.administers() && !store.hasOtherAdministrator(id)) {
            throw new Refusal.Conflict("last-administrator", "This is the only administrator: make another one first.");
        }
        if (after.version() == before.version()) {
            return false;
        }
        store.update(after, new User.Id(caller.id()));
        return true;
    }

    /// Refuses a caller whose access token says a role that was taken within the last second.
    void requireAdministrator(Caller caller) {
        if (store.user(new User.Id(caller.id())).filter(User::administers).isEmpty()) {
            throw new Refusal.Forbidden("forbidden", "Only administrators may do this.");
        }
    }
}
