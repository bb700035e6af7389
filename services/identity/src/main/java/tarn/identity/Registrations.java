package tarn.identity;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of registration: read and change whether it is open and who may invite.
@Singleton
class Registrations {

    /// The value before an administrator decides (`TARN_REGISTRATION`).
    enum Initially {
        OPEN,
        CLOSED
    }

    private final RegistrationStore store;
    private final UserStore users;
    private final SecurityLog log;
    private final Initially initially;

    Registrations(
            RegistrationStore store,
            UserStore users,
            SecurityLog log,
            @ConfigProperty(name = "tarn.registration") Optional<Initially> initially) {
        this.store = store;
        this.users = users;
        this.log = log;
        this.initially = initially.orElse(Initially.OPEN);
    }

    public RegistrationPolicy now() {
        boolean first = users.isEmpty();
        boolean open = store.open().orElse(initially == Initially.OPEN);
        return new RegistrationPolicy(first || open, first, inviters(open));
    }

    private RegistrationPolicy.Inviters inviters(boolean open) {
        return store.invitations()
                .orElse(open ? RegistrationPolicy.Inviters.OWNERS : RegistrationPolicy.Inviters.ADMINISTRATORS);
    }

    /// Whether a user may invite users without an account.
    boolean mayInvite(User user) {
        return !user.closed() && (user.administrator() || now().invitations() == RegistrationPolicy.Inviters.OWNERS);
    }

    /// @throws Refusal.Forbidden when registration is closed
    RegistrationPolicy requireOpen() {
        RegistrationPolicy registration = now();
        if (!registration.open()) {
            throw new Refusal.Forbidden("registration-closed", "Registration is closed. Ask an administrator.");
        }
        return registration;
    }

    /// Opens or closes registration, and sets who may invite; the first user may always register.
    ///
    /// @param inviters null for owners while open and administrators while closed
    @Transactional
    public RegistrationPolicy change(
            Caller administrator, boolean open, RegistrationPolicy.@Nullable Inviters inviters) {
        RegistrationPolicy before = now();
        store.put(open);
        store.put(inviters);
        RegistrationPolicy now = now();
        store.append(administrator.id(), new RegistrationEvent(open, now.invitations()));
        if (!now.equals(before)) {
            log.append(
                    SecurityEvent.EventKind.REGISTRATION_CHANGED,
                    new SecurityEvent.Subject(null, administrator.id()),
                    now.words());
        }
        return now;
    }
}
