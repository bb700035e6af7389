package tarn.identity;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import tarn.platform.problem.Refusal;
import tarn.platform.service.Call;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Reads and adds members of projects at the tasks service, and asks who shares a project.
@Singleton
final class ProjectMemberships {

    /// A user's membership in a project.
    record Membership(String projectName, Invitation.MemberRole role) {}

    private record AdmissionRequest(UUID userId, Invitation.MemberRole role, UUID invitedBy) {}

    private record Colleagues(Collection<UUID> ids) {}

    private static final int MAX_TRIES = 40;
    private static final Duration POLL = Duration.ofMillis(50);

    private final ServiceClient services;

    ProjectMemberships(ServiceClient services) {
        this.services = services;
    }

    /// A user's membership; empty when the user is no member, or the project is in the trash.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Optional<Membership> of(UUID project, UUID user) {
        try {
            return Optional.of(services.to("tasks")
                    .within(CallTimeout.NEEDED)
                    .get("/internal/tasks/projects/" + project + "/members/" + user, Membership.class));
        } catch (Refusal.NotFound none) {
            return Optional.empty();
        }
    }

    /// The other users with whom a user shares a project; at most 10,000.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Collection<UUID> colleagues(UUID user) {
        return services.to("tasks")
                .within(CallTimeout.NEEDED)
                .get("/internal/tasks/memberships/" + user + "/colleagues", Colleagues.class)
                .ids();
    }

    /// Those of these users, at most 1,000, who are or were members of a project that a user is a
    /// member of.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Collection<UUID> acquaintances(UUID user, Collection<UUID> among) {
        return services.to("tasks")
                .within(CallTimeout.NEEDED)
                .repeatable()
                .post("/internal/tasks/memberships/" + user + "/acquaintances", new Colleagues(among), Colleagues.class)
                .ids();
    }

    /// Adds a user as member on behalf of an owner, or raises the role. Waits up to 2 s for another
    /// admission with the same key.
    ///
    /// @param key idempotency key of the admission
    /// @return whether the inviter still may invite
    /// @throws Refusal.Unavailable when the tasks service does not respond; the member may have
    /// been added
    boolean admit(UUID project, UUID user, Invitation.MemberRole role, UUID invitedBy, String key) {
        AdmissionRequest admission = new AdmissionRequest(user, role, invitedBy);
        Call.Answer answer = admit(project, admission, key);
        for (int tries = 1; tries < MAX_TRIES && isInFlight(answer); tries++) {
            pause();
            answer = admit(project, admission, key);
        }
        if (answer.isWell()) {
            return true;
        }
        if (!isInFlight(answer) && (answer.status() == 404 || answer.status() == 409)) {
            return false;
        }
        throw new Refusal.Unavailable("The project does not answer. Try again later.");
    }

    private Call.Answer admit(UUID project, AdmissionRequest admission, String key) {
        return services.to("tasks")
                .within(CallTimeout.NEEDED)
                .idempotent(key)
                .ask("POST", "/internal/tasks/projects/" + project + "/members", admission);
    }

    private static boolean isInFlight(Call.Answer answer) {
        return "idempotency-in-flight".equals(answer.body().path("code").asText());
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The server is stopping.");
        }
    }
}
