package tarn.identity;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

    private final ServiceClient services;

    /// Admissions in progress, by key.
    private final Map<String, CompletableFuture<Boolean>> admissions = new ConcurrentHashMap<>();

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

    /// Adds a user as member on behalf of an owner, or raises the role. A second call with
    /// the same key, while the first is in progress in this process, gets its result.
    ///
    /// @param key idempotency key of the admission
    /// @return whether the inviter still may invite
    /// @throws Refusal.Unavailable when the tasks service does not respond; the member may have
    /// been added
    boolean admit(UUID project, UUID user, Invitation.MemberRole role, UUID invitedBy, String key) {
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        CompletableFuture<Boolean> other = admissions.putIfAbsent(key, own);
        if (other != null) {
            return other.exceptionally(_ -> {
                        throw unavailable();
                    })
                    .join();
        }
        try {
            boolean isAdmitted = ask(project, new AdmissionRequest(user, role, invitedBy), key);
            own.complete(isAdmitted);
            return isAdmitted;
        } finally {
            own.completeExceptionally(unavailable());
            admissions.remove(key, own);
        }
    }

    private boolean ask(UUID project, AdmissionRequest admission, String key) {
        Call.Answer answer = services.to("tasks")
                .within(CallTimeout.NEEDED)
                .idempotent(key)
                .ask("POST", "/internal/tasks/projects/" + project + "/members", admission);
        if (answer.isSuccessful()) {
            return true;
        }
        boolean isInFlight =
                "idempotency-in-flight".equals(answer.body().path("code").asText());
        if (!isInFlight && (answer.status() == 404 || answer.status() == 409)) {
            return false;
        }
        throw unavailable();
    }

    private static Refusal.Unavailable unavailable() {
        return new Refusal.Unavailable("The project does not answer. Try again later.");
    }
}
