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

/// Looks up users at identity: whether they exist, who invited them, and their time zones.
@Singleton
final class UserLookup {

    /// A user, as identity returns it.
    record User(UUID id, String name) {}

    /// The time zone of a user's account.
    record UserZone(UUID id, String timeZone) {}

    /// The time zones of several users.
    record Zones(List<UserZone> items) {}

    private final ServiceClient services;

    UserLookup(ServiceClient services) {
        this.services = services;
    }

    /// The time zones of these users; unknown ids are left out.
    ///
    /// @throws Refusal.Unavailable when identity does not respond
    Map<UUID, ZoneId> timeZones(List<UUID> ids) {
        return services
                .inBackgroundTo("identity")
                .repeatable()
                .post("/internal/identity/users/time-zones", Map.of("ids", ids), Zones.class)
                .items()
                .stream()
                .collect(Collectors.toMap(UserZone::id, one -> TimeZones.namedOrUtc(one.timeZone())));
    }

    /// Whether the user exists.
    ///
    /// @throws Refusal.Unavailable when identity does not respond
    boolean exists(UUID id) {
        return isFound(id, "");
    }

    /// Whether the user exists and has accepted an invitation of another user.
    ///
    /// @throws Refusal.Unavailable when identity does not respond
    boolean accepted(UUID id, UUID inviter) {
        return isFound(id, "?invitedBy=" + inviter);
    }

    private boolean isFound(UUID id, String query) {
        try {
            return services.to("identity")
                    .within(CallTimeout.NEEDED)
                    .get("/internal/identity/users/" + id + query, User.class)
                    .id()
                    .equals(id);
        } catch (Refusal.NotFound unknown) {
            return false;
        }
    }
}
