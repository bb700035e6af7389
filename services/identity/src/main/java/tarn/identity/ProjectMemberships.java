package tarn.identity;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import tarn.platform.problem.Refusal;
import tarn.platform.service.Call;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Memberships of projects, which the tasks service keeps.
@Singleton
final class ProjectMemberships {

    /// A user's membership of a project.
    record Membership(String projectName, Invitation.MemberRole role) {}

    private record AdmissionRequest(UUID userId, Invitation.MemberRole role, UUID invitedBy) {}

    private final ServiceClient services;

    ProjectMemberships(ServiceClient services) {
        this.services = services;
    }

    /// A user's membership; empty when the project is in the trash or none of theirs.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not answer
    Optional<Membership> of(UUID project, UUID user) {
        try {
            return Optional.of(services.to("tasks")
                    .within(CallTimeout.NEEDED)
                    .get("/internal/tasks/projects/" + project + "/members/" + user, Membership.class));
        } catch (Refusal.NotFound none) {
            return Optional.empty();
        }
    }

    /// Makes a user a member, on the word of an owner who has invited them. A higher role stays.
    ///
    /// @param key names the admission: done again with the same key, it changes nothing
    /// @return whether the one who invited still may
    /// @throws Refusal.Unavailable when the tasks service does not answer; it may have been done
    boolean admit(UUID project, UUID user, Invitation.MemberRole role, UUID invitedBy, String key) {
        Call.Answer answer = services.to("tasks")
                .within(CallTimeout.NEEDED)
                .idempotent(key)
                .ask(
                        "POST",
                        "/internal/tasks/projects/" + project + "/members",
                        new AdmissionRequest(user, role, invitedBy));
        if (answer.isWell()) {
            return true;
        }
        if (answer.status() == 404 || answer.status() == 409) {
            return false;
        }
        throw new Refusal.Unavailable("The tasks service does not answer.");
    }
}
