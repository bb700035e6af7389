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
import tarn.platform.http.Page;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// What users do with their accounts.
///
/// Each is one transaction, begun only after the password has been hashed or checked: no connection is
/// held for that long.
@Singleton
class Users {

    private final UserStore store;
    private final Registrations registrations;
    private final SetupToken setupToken;
    private final Invitations invitations;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final PasswordHasher hasher;
    private final PasswordAttempts attempts;
    private final CredentialRevoker revoker;
    private final ServiceClient services;
    private final Clock clock;

    Users(
            UserStore store,
            Registrations registrations,
            SetupToken setupToken,
            Invitations invitations,
            Passwords passwords,
            PasswordRules rules,
            PasswordHasher hasher,
            PasswordAttempts attempts,
            CredentialRevoker revoker,
            ServiceClient services,
            Clock clock) {
        this.store = store;
        this.registrations = registrations;
        this.setupToken = setupToken;
        this.invitations = invitations;
        this.passwords = passwords;
        this.rules = rules;
        this.hasher = hasher;
        this.attempts = attempts;
        this.revoker = revoker;
        this.services = services;
        this.clock = clock;
    }

    /// Makes an account. The first user of all becomes administrator.
    ///
    /// @throws Refusal.Invalid when the password is too weak
    /// @param timeZone of the browser; null for UTC
    /// @param setup the set-up token, for the first user
    /// @param invitation that the user came with, which lets in also while registration is closed; null for none
    /// @throws Refusal.Forbidden when registration is closed, or the set-up token is not right
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
        PasswordAttempts.Attempt attempt = attempts.begin(device.neighbourhood());
        Secret hash;
        try {
            hash = hasher.hash(password);
        } catch (Refusal.TooMany busy) {
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
        User user = new User(new User.Id(Uuid7.next(clock)), profile, email, first, now, now, 1);
        if (!store.insert(user, hash)) {
            throw new Refusal.Conflict(
                    "email-taken",
                    "This e-mail address is already registered.",
                    new Problem.FieldError("/email", "email-taken", "This e-mail address is already registered."));
        }
        if (first) {
            setupToken.useUp();
        }
        if (invitation != null) {
            invitations.begin(invitations.requireRegistering(invitation).id(), user.id());
        }
        return user;
    }

    /// The user who asks.
    ///
    /// @throws Refusal.Unauthenticated when the account was deleted a moment ago
    public User self(Caller caller) {
        return store.user(new User.Id(caller.id())).orElseThrow(Users::gone);
    }

    /// @throws Refusal.NotFound when there is no such user
    public User user(User.Id id) {
        return store.user(id).orElseThrow(() -> new Refusal.NotFound("user"));
    }

    /// The users of this Tarn, by name.
    public Page<User> directory(
            @Nullable String text, Collection<UUID> ids, @Nullable String cursor, @Nullable Integer limit) {
        return store.directory(text, ids, cursor, limit);
    }

    /// Those of these whom there are, in no order.
    public List<User> users(Collection<UUID> ids) {
        return store.users(ids);
    }

    /// Changes what users say of themselves.
    ///
    /// @param expected the version the caller has read; null for any
    /// @throws Refusal.Outdated when it is no longer that
    @Transactional
    public User change(Caller caller, @Nullable Long expected, UnaryOperator<User.Profile> change) {
        User before = store.locked(new User.Id(caller.id())).orElseThrow(Users::gone);
        if (expected != null && expected != before.version()) {
            throw new Refusal.Outdated();
        }
        User after = before.with(change.apply(before.profile()), clock.instant());
        if (after.version() != before.version()) {
            store.update(after);
        }
        return after;
    }

    /// Takes another password and ends all other sessions.
    ///
    /// @param endTokens whether all personal tokens are revoked too
    /// @throws Refusal.Invalid when the present password is wrong or the new one too weak
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
        store.append(id, UserEvent.PASSWORD_CHANGED);
        revoker.endOthers(id, stays, endTokens);
    }

    /// Deletes the account and all that proves who the user is, and takes them out of every project
    /// first: an account without projects can be deleted again, projects without an owner cannot.
    ///
    /// @throws Refusal.Invalid when the password is wrong
    /// @throws Refusal.Conflict when others would be left without an administrator, or in a project
    ///     without an owner
    /// @throws Refusal.Unavailable when the tasks service does not answer in time; the account stays, and the
    ///     user may have left projects of others by then
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
        if (leaving.administrator() && store.isLastAdministrator(leaving.id())) {
            throw new Refusal.Conflict("last-administrator", "You are the only administrator: the others need one.");
        }
    }

    /// The access token is still valid, the user behind it is not.
    static Refusal gone() {
        return new Refusal.Unauthenticated("unauthenticated", "This account no longer exists.");
    }
}
