package tarn.identity;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// Who may register.
@Singleton
class Registrations {

    /// The first value of the setting, until an administrator decides.
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
        return new Registration(first || store.open().orElse(initially == Initially.OPEN), first);
    }

    /// @throws Refusal.Forbidden when registration is closed
    Registration requireOpen() {
        Registration registration = now();
        if (!registration.open()) {
            throw new Refusal.Forbidden("registration-closed", "Registration is closed. Ask an administrator.");
        }
        return registration;
    }

    /// Opens or closes it for everybody but the first.
    @Transactional
    public Registration change(Caller administrator, boolean open) {
        store.put(open);
        store.append(administrator.id(), new RegistrationEvent(open));
        return now();
    }
}
