package tarn.tasks;

import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tarn.platform.TimeZones;
import tarn.platform.problem.Refusal;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// The users whom identity knows.
@Singleton
final class UserLookup {

    /// What identity tells of a user.
    record User(UUID id, String name) {}

    /// The time zone of a user's account.
    record UserZone(UUID id, String timeZone) {}

    /// Some of them.
    record Zones(List<UserZone> items) {}

    private final ServiceClient services;

    UserLookup(ServiceClient services) {
        this.services = services;
    }

    /// The time zones of those of these users whom there are.
    ///
    /// @throws Refusal.Unavailable when identity does not answer
    Map<UUID, ZoneId> timeZones(List<UUID> ids) {
        return services
                .inBackgroundTo("identity")
                .repeatable()
                .post("/internal/identity/users/time-zones", Map.of("ids", ids), Zones.class)
                .items()
                .stream()
                .collect(Collectors.toMap(UserZone::id, one -> TimeZones.namedOrUtc(one.timeZone())));
    }

    /// Whether there is such a user.
    ///
    /// @throws Refusal.Unavailable when identity does not answer
    boolean exists(UUID id) {
        try {
            return services.to("identity")
                    .within(CallTimeout.NEEDED)
                    .get("/internal/identity/users/" + id, User.class)
                    .id()
                    .equals(id);
        } catch (Refusal.NotFound unknown) {
            return false;
        }
    }
}
