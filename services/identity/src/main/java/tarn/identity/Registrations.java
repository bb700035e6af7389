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
    private final Initially initially;

    Registrations(
            RegistrationStore store,
            UserStore users,
            @ConfigProperty(name = "tarn.registration") Optional<Initially> initially) {
        this.store = store;
        this.users = users;
        this.initially = initially.orElse(Initially.OPEN);
    }

    public Registration now() {
        boolean first = users.isEmpty();
        boolean open = store.open().orElse(initially == Initially.OPEN);
        return new Registration(first || open, first, inviters(open));
    }

    private Registration.Inviters inviters(boolean open) {
        return store.invitations().orElse(open ? Registration.Inviters.OWNERS : Registration.Inviters.ADMINISTRATORS);
    }

    /// Whether a user may invite users without an account.
    boolean mayInvite(User user) {
        return user.administrator() || now().invitations() == Registration.Inviters.OWNERS;
    }

    /// @throws Refusal.Forbidden when registration is closed
    Registration requireOpen() {
        Registration registration = now();
        if (!registration.open()) {
            throw new Refusal.Forbidden("registration-closed", "Registration is closed. Ask an administrator.");
        }
        return registration;
    }

    /// Opens or closes registration, and sets who may invite; the first user may always register.
    ///
    /// @param inviters null for owners while open and administrators while closed
    @Transactional
    public Registration change(Caller administrator, boolean open, Registration.@Nullable Inviters inviters) {
        store.put(open);
        store.put(inviters);
        Registration now = now();
        store.append(administrator.id(), new RegistrationEvent(open, now.invitations()));
        return now;
    }
}
