package tarn.identity;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tarn.identity.passwords.PasswordAttempts;
import tarn.identity.passwords.PasswordHasher;
import tarn.platform.Secret;
import tarn.platform.problem.Refusal;

/// Verifies passwords at sign-in and before sensitive changes, with rate limits, and logs failures
/// in the security log; runs outside of transactions because a check takes tens of milliseconds.
@Singleton
final class Passwords {

    private final UserStore store;
    private final PasswordHasher hasher;
    private final PasswordAttempts attempts;
    private final KnownAddressStore knownAddresses;
    private final SecurityLog log;
    private final Clock clock;

    Passwords(
            UserStore store,
            PasswordHasher hasher,
            PasswordAttempts attempts,
            KnownAddressStore knownAddresses,
            SecurityLog log,
            Clock clock) {
        this.store = store;
        this.hasher = hasher;
        this.attempts = attempts;
        this.knownAddresses = knownAddresses;
        this.log = log;
        this.clock = clock;
    }

    /// The user with this e-mail address and password.
    ///
    /// @throws Refusal.Unauthenticated when either is wrong, without telling which
    /// @throws Refusal.Forbidden `account-closed`, told only to who knows the password
    /// @throws Refusal.TooMany after too many failures
    UserStore.Known authenticate(User.Email email, String password, Device device) {
        UserStore.Known known = check(
                        email, store.known(email), password, device, SecurityEvent.EventKind.SIGN_IN_FAILED)
                .orElseThrow(Passwords::wrongCredentials);
        if (known.user().closed()) {
            append(SecurityEvent.EventKind.SIGN_IN_FAILED, Optional.of(known), "account-closed");
            throw new Refusal.Forbidden("account-closed", "This account is closed. Ask an administrator.");
        }
        return known;
    }

    /// Verifies the password of a signed-in user before a sensitive change.
    ///
    /// @param pointer to the password in the request
    /// @throws Refusal.Invalid `wrong-password`
    /// @throws Refusal.TooMany after too many failures
    UserStore.Known confirm(User.Id id, String password, Device device, String pointer) {
        UserStore.Known known = store.known(id).orElseThrow(Users::gone);
        return check(
                        known.user().email(),
                        Optional.of(known),
                        password,
                        device,
                        SecurityEvent.EventKind.CONFIRMATION_FAILED)
                .orElseThrow(() -> wrongPassword(pointer));
    }

    static Refusal wrongCredentials() {
        return new Refusal.Unauthenticated("wrong-credentials", "The e-mail address or the password is wrong.");
    }

    static Refusal wrongPassword(String pointer) {
        return new Refusal.Invalid(pointer, "wrong-password", "Is not your password.");
    }

    /// @param failed how a wrong password is logged
    private Optional<UserStore.Known> check(
            User.Email email,
            Optional<UserStore.Known> known,
            String password,
            Device device,
            SecurityEvent.EventKind failed) {
        String network = device.neighbourhood();
        PasswordAttempts.Attempt attempt = begin(email, known, network);
        PasswordHasher.Verdict verdict;
        try {
            verdict = verdict(known, password);
        } catch (Refusal.Unavailable busy) {
            attempt.withdraw();
            throw busy;
        }
        if (verdict == PasswordHasher.Verdict.WRONG) {
            append(failed, known, known.isEmpty() ? "unknown-account" : "wrong-password");
            return Optional.empty();
        }
        attempt.succeed();
        known.ifPresent(right -> knownAddresses.put(right.user().id(), network, clock.instant()));
        return verdict == PasswordHasher.Verdict.RIGHT_BUT_OUTDATED
                ? known.map(user -> hashedAnew(user, password))
                : known;
    }

    private PasswordAttempts.Attempt begin(User.Email email, Optional<UserStore.Known> known, String network) {
        try {
            return attempts.begin(email.key(), network, knownAddresses.contains(email, network));
        } catch (Refusal.TooMany refused) {
            append(SecurityEvent.EventKind.THROTTLED, known, null);
            throw refused;
        }
    }

    private void append(SecurityEvent.EventKind kind, Optional<UserStore.Known> known, @Nullable String reason) {
        SecurityEvent.Subject subject =
                known.map(one -> SecurityEvent.Subject.of(one.user().id())).orElse(SecurityEvent.Subject.UNKNOWN);
        log.append(kind, subject, reason);
    }

    private PasswordHasher.Verdict verdict(Optional<UserStore.Known> known, String password) {
        if (known.isEmpty()) {
            hasher.checkNobodys(password);
            return PasswordHasher.Verdict.WRONG;
        }
        return hasher.check(password, known.get().passwordHash());
    }

    private UserStore.Known hashedAnew(UserStore.Known known, String password) {
        Secret hash = hasher.hash(password);
        return store.replacePassword(known.user().id(), known.passwordHash(), hash)
                ? new UserStore.Known(known.user(), hash)
                : known;
    }
}
