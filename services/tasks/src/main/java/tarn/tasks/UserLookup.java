package tarn.tasks;

import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tarn.platform.TimeZones;
import tarn.platform.problem.Refusal;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Looks up users at identity: whether they exist, are closed, who invited them, and their time zones.
@Singleton
final class UserLookup {

    /// A user, as identity returns it.
    ///
    /// @param closed whether the account cannot sign in
    record User(UUID id, boolean closed) {}

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

    /// The user; empty when there is none.
    ///
    /// @throws Refusal.Unavailable when identity does not respond
    Optional<User> user(UUID id) {
        return find(id, "");
    }

    /// The user, if they have accepted an invitation of another user.
    ///
    /// @throws Refusal.Unavailable when identity does not respond
    Optional<User> accepted(UUID id, UUID inviter) {
        return find(id, "?invitedBy=" + inviter);
    }

    private Optional<User> find(UUID id, String query) {
        try {
            return Optional.of(services.to("identity")
                    .within(CallTimeout.NEEDED)
                    .get("/internal/identity/users/" + id + query, User.class));
        } catch (Refusal.NotFound unknown) {
            return Optional.empty();
        }
    }
}
