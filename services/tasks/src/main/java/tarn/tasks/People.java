package tarn.tasks;

import jakarta.inject.Singleton;
import java.util.UUID;
import tarn.platform.problem.Refusal;
import tarn.platform.service.Patience;
import tarn.platform.service.ServiceClient;

/// The people whom identity knows.
@Singleton
final class People {

    /// What identity tells of a person.
    record Person(UUID id, String name) {}

    private final ServiceClient services;

    People(ServiceClient services) {
        this.services = services;
    }

    /// Whether there is such a person.
    ///
    /// @throws Refusal.Unavailable when identity does not answer
    boolean exists(UUID id) {
        try {
            return services.to("identity")
                    .within(Patience.NEEDED)
                    .get("/internal/identity/users/" + id, Person.class)
                    .id()
                    .equals(id);
        } catch (Refusal.NotFound unknown) {
            return false;
        }
    }
}
