package tarn.identity;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import tarn.identity.passwords.PasswordAttempts;
import tarn.identity.passwords.PasswordHasher;
import tarn.identity.passwords.PasswordRules;
import tarn.platform.Secret;
import tarn.platform.Uuid7;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of password resets: an administrator creates a link, and its user takes a new
/// password with it, which ends all sessions.
@Singleton
class PasswordResets {

    /// A newly created reset.
    ///
    /// @param secret shown only once
    record CreatedReset(PasswordReset reset, OpaqueSecret secret) {}

    private final PasswordResetStore store;
    private final Accounts accounts;
    private final UserStore users;
    private final PasswordRules rules;
    private final PasswordHasher hasher;
    private final PasswordAttempts attempts;
    private final CredentialRevoker revoker;
    private final SecurityLog log;
    private final Clock clock;

    PasswordResets(
            PasswordResetStore store,
            Accounts accounts,
            UserStore users,
            PasswordRules rules,
            PasswordHasher hasher,
            PasswordAttempts attempts,
            CredentialRevoker revoker,
            SecurityLog log,
            Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.users = users;
        this.rules = rules;
        this.hasher = hasher;
        this.attempts = attempts;
        this.revoker = revoker;
        this.log = log;
        this.clock = clock;
    }

    /// Creates a link for a user; an earlier one ends.
    ///
    /// @throws Refusal.NotFound when there is no such user
    /// @throws Refusal.Conflict `account-closed`
    @Transactional
    public CreatedReset create(Caller caller, User.Id id) {
        accounts.requireAdministrator(caller);
        User user = users.locked(id).orElseThrow(() -> new Refusal.NotFound("user"));
        if (user.closed()) {
            throw new Refusal.Conflict("account-closed", "This account is closed: reopen it first.");
        }
        OpaqueSecret secret = OpaqueSecret.fresh(PasswordReset.PREFIX);
        Instant now = clock.instant();
        PasswordReset reset = PasswordReset.create(new PasswordReset.Id(Uuid7.next(clock)), id, now);
        store.put(reset, secret);
        log.append(SecurityEvent.EventKind.PASSWORD_RESET_CREATED, SecurityEvent.Subject.by(id, caller.id()), null);
        return new CreatedReset(reset, secret);
    }

    /// Sets a new password and ends all sessions of the user.
    ///
    /// @param endTokens whether all personal access tokens are revoked too
    /// @throws Refusal.Conflict `reset-ended` when the link is unknown, was used, or has expired
    /// @throws Refusal.Invalid when the password is too weak; the link can be used again
    public void use(OpaqueSecret secret, String password, boolean endTokens, Device device) {
        PasswordReset reset = live(secret);
        User user = users.user(reset.user()).orElseThrow(PasswordResets::ended);
        rules.require("/password", password, user.profile().name(), user.email().value());
        PasswordAttempts.Attempt attempt = attempts.begin(device.neighbourhood());
        Secret hash;
        try {
            hash = hasher.hash(password);
        } catch (Refusal.Unavailable busy) {
            attempt.withdraw();
            throw busy;
        }
        replace(secret, hash, endTokens);
        attempt.withdraw();
    }

    @Transactional
    void replace(OpaqueSecret secret, Secret hash, boolean endTokens) {
        PasswordReset reset = unexpired(secret);
        User user = users.locked(reset.user()).orElseThrow(PasswordResets::ended);
        // Of several that use it at once, the others have waited for the user's row.
        if (user.closed() || !store.delete(reset.id())) {
            throw ended();
        }
        users.putPassword(user.id(), hash);
        users.append(user.id(), UserEvent.PASSWORD_CHANGED);
        log.append(SecurityEvent.EventKind.PASSWORD_RESET_USED, SecurityEvent.Subject.self(user.id()), null);
        revoker.endAll(user.id(), user.id().value(), SessionEvent.Reason.PASSWORD_RESET, endTokens);
    }

    /// The reset of a link that can still be used.
    ///
    /// @throws Refusal.Conflict `reset-ended` when the link is unknown, was used, or has expired, or the
    /// account is closed
    public PasswordReset live(OpaqueSecret secret) {
        PasswordReset reset = unexpired(secret);
        if (users.user(reset.user()).filter(user -> !user.closed()).isEmpty()) {
            throw ended();
        }
        return reset;
    }

    private PasswordReset unexpired(OpaqueSecret secret) {
        return store.bySecret(secret)
                .filter(reset -> reset.isLive(clock.instant()))
                .orElseThrow(PasswordResets::ended);
    }

    private static Refusal ended() {
        return new Refusal.Conflict(
                "reset-ended",
                "This link was used before or is more than an hour old. Ask an administrator for another.");
    }
}
