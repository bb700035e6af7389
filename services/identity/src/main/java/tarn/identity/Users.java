package tarn.identity;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tarn.identity.passwords.PasswordAttempts;
import tarn.identity.passwords.PasswordHasher;
import tarn.identity.passwords.PasswordRules;
import tarn.platform.Secret;
import tarn.platform.TimeZones;
import tarn.platform.Uuid7;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// The use cases of user accounts: register, look up, change, delete.
///
/// Each is one transaction, started after the password was hashed or checked, so that no connection
/// is held meanwhile.
@Singleton
class Users {

    private final UserStore store;
    private final Registrations registrations;
    private final SetupToken setupToken;
    private final Invitations invitations;
    private final PasswordResetStore resets;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final PasswordHasher hasher;
    private final PasswordAttempts attempts;
    private final CredentialRevoker revoker;
    private final SecurityLog log;
    private final ServiceClient services;
    private final Clock clock;

    Users(
            UserStore store,
            Registrations registrations,
            SetupToken setupToken,
            Invitations invitations,
            PasswordResetStore resets,
            Passwords passwords,
            PasswordRules rules,
            PasswordHasher hasher,
            PasswordAttempts attempts,
            CredentialRevoker revoker,
            SecurityLog log,
            ServiceClient services,
            Clock clock) {
        this.store = store;
        this.registrations = registrations;
        this.setupToken = setupToken;
        this.invitations = invitations;
        this.resets = resets;
        this.passwords = passwords;
        this.rules = rules;
        this.hasher = hasher;
        this.attempts = attempts;
        this.revoker = revoker;
        this.log = log;
        this.services = services;
        this.clock = clock;
    }

    /// Creates an account; the first becomes administrator.
    ///
    /// @param timeZone of the browser; null for UTC
    /// @param setup the set-up token, for the first user
    /// @param invitation with which the user may register while registration is closed; null for none
    /// @throws Refusal.Invalid when the password is too weak
    /// @throws Refusal.Forbidden when registration is closed, or the set-up token is wrong
    /// @throws Refusal.Conflict when the e-mail address is taken
    public User register(
            String name,
            @Nullable String timeZone,
            User.Email email,
            String password,
            @Nullable String setup,
            @Nullable OpaqueSecret invitation,
            Device device) {
        User.Profile profile = User.Profile.of(name, Objects.requireNonNullElseGet(timeZone, TimeZones.UTC::getId));
        rules.require("/password", password, profile.name(), email.value());
        requireAllowed(setup, invitation);
        if (invitation != null) {
            // Asked before the transaction begins: tasks may take its time.
            invitations.requireOffered(invitation);
        }
        PasswordAttempts.Attempt attempt = attempts.begin(device.neighbourhood());
        Secret hash;
        try {
            hash = hasher.hash(password);
        } catch (Refusal.Unavailable busy) {
            attempt.withdraw();
            throw busy;
        }
        User user = add(profile, email, hash, setup, invitation);
        attempt.withdraw();
        return user;
    }

    /// Whether it is the first account.
    private boolean requireAllowed(@Nullable String setup, @Nullable OpaqueSecret invitation) {
        if (invitation != null) {
            invitations.requireRegistering(invitation);
            return false;
        }
        boolean first = registrations.requireOpen().firstUser();
        if (first) {
            setupToken.require(setup);
        }
        return first;
    }

    @Transactional
    User add(
            User.Profile profile,
            User.Email email,
            Secret hash,
            @Nullable String setup,
            @Nullable OpaqueSecret invitation) {
        store.lockEveryone();
        boolean first = requireAllowed(setup, invitation);
        Instant now = clock.instant();
        User user = new User(new User.Id(Uuid7.next(clock)), profile, email, first, null, now, now, 1);
        if (!store.insert(user, hash)) {
            throw emailTaken();
        }
        if (first) {
            setupToken.useUp();
        }
        if (invitation != null) {
            invitations.begin(invitations.requireRegistering(invitation).id(), user.id());
        }
        return user;
    }

    /// The caller's user.
    ///
    /// @throws Refusal.Unauthenticated when the account has just been deleted
    public User self(Caller caller) {
        return store.user(new User.Id(caller.id())).orElseThrow(Users::gone);
    }

    /// @throws Refusal.NotFound when there is no such user
    public User user(User.Id id) {
        return store.user(id).orElseThrow(() -> new Refusal.NotFound("user"));
    }

    /// The existing users among these, in no order.
    public List<User> users(Collection<UUID> ids) {
        return store.users(ids);
    }

    /// Changes the caller's profile.
    ///
    /// @param expected the version the caller has read; null for any
    /// @throws Refusal.Outdated when the version is another
    @Transactional
    public User change(Caller caller, @Nullable Long expected, UnaryOperator<User.Profile> change) {
        User before = store.locked(new User.Id(caller.id())).orElseThrow(Users::gone);
        Refusal.Outdated.unlessCurrent(expected, before.version());
        User after = before.with(change.apply(before.profile()), clock.instant());
        if (after.version() != before.version()) {
            store.update(after, after.id());
        }
        return after;
    }

    /// Changes the password and ends all other sessions.
    ///
    /// @param endTokens whether all personal access tokens are revoked too
    /// @throws Refusal.Invalid when the current password is wrong or the new one too weak
    public void changePassword(Caller caller, String present, String password, boolean endTokens, Device device) {
        User.Id id = new User.Id(caller.id());
        UserStore.Known known = passwords.confirm(id, present, device, "/currentPassword");
        User user = known.user();
        rules.require(
                "/newPassword", password, user.profile().name(), user.email().value());
        replacePassword(known, hasher.hash(password), new Session.Id(caller.credential()), endTokens);
    }

    @Transactional
    void replacePassword(UserStore.Known known, Secret hash, Session.Id stays, boolean endTokens) {
        User.Id id = known.user().id();
        if (!store.replacePassword(id, known.passwordHash(), hash)) {
            throw Passwords.wrongPassword("/currentPassword");
        }
        resets.deleteOf(id);
        store.append(id, UserEvent.PASSWORD_CHANGED);
        log.append(SecurityEvent.EventKind.PASSWORD_CHANGED, SecurityEvent.Subject.self(id), null);
        revoker.endOthers(id, stays, endTokens);
    }

    /// Changes the e-mail address. As at registration, each refused attempt counts for the caller's
    /// address, since it tells that there is an account.
    ///
    /// @throws Refusal.Invalid when the password is wrong
    /// @throws Refusal.Conflict when the e-mail address is taken
    public User changeEmail(Caller caller, User.Email email, String password, Device device) {
        User.Id id = new User.Id(caller.id());
        UserStore.Known known = passwords.confirm(id, password, device, "/password");
        PasswordAttempts.Attempt attempt = attempts.begin(device.neighbourhood());
        User user = replaceEmail(known, email);
        attempt.withdraw();
        return user;
    }

    @Transactional
    User replaceEmail(UserStore.Known known, User.Email email) {
        store.lockEveryone();
        User.Id id = known.user().id();
        User before = store.locked(id).orElseThrow(Users::gone);
        if (!store.holdPassword(id, known.passwordHash())) {
            throw Passwords.wrongPassword("/password");
        }
        User after = before.reachable(email, clock.instant());
        if (after.version() == before.version()) {
            return before;
        }
        if (store.isTaken(email, id)) {
            throw emailTaken();
        }
        store.updateEmail(after);
        resets.deleteOf(id);
        log.append(SecurityEvent.EventKind.EMAIL_CHANGED, SecurityEvent.Subject.self(id), null);
        return after;
    }

    private static Refusal emailTaken() {
        String detail = "This e-mail address is already registered.";
        return new Refusal.Conflict("email-taken", detail, new Problem.FieldError("/email", "email-taken", detail));
    }

    /// Deletes the caller's account after removing the user from all projects: in this order a
    /// failure leaves no project without an owner.
    ///
    /// @throws Refusal.Invalid when the password is wrong
    /// @throws Refusal.Conflict when other users would be left without an administrator, or a
    /// project without an owner
    /// @throws Refusal.Unavailable when the tasks service does not respond; the account stays, but
    /// the user may have left projects
    public void delete(Caller caller, String password, Device device) {
        User.Id id = new User.Id(caller.id());
        User user = passwords.confirm(id, password, device, "/password").user();
        requireAnotherAdministrator(user);
        services.to("tasks").within(CallTimeout.LONG).delete("/internal/tasks/memberships/" + id.value());
        remove(id);
    }

    @Transactional
    void remove(User.Id id) {
        store.lockEveryone();
        User user = store.locked(id).orElseThrow(Users::gone);
        requireAnotherAdministrator(user);
        revoker.endEverything(id);
        store.delete(id);
    }

    private void requireAnotherAdministrator(User leaving) {
        if (leaving.administrator() && store.hasOthers(leaving.id()) && !store.hasOtherAdministrator(leaving.id())) {
            throw new Refusal.Conflict("last-administrator", "You are the only administrator: the others need one.");
        }
    }

    /// The refusal for a valid access token whose user is deleted.
    static Refusal gone() {
        return new Refusal.Unauthenticated("unauthenticated", "This account no longer exists.");
    }
}
