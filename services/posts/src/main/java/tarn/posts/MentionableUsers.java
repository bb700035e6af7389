package tarn.posts;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.bus.CacheInvalidation;
import tarn.platform.problem.Refusal;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// The members of a project with their names from identity, cached for 3 s.
@Singleton
final class MentionableUsers {

    private static final Logger LOG = Logger.getLogger(MentionableUsers.class);

    private static final int MAX_KEPT = 1_000;

    /// User ids per request to identity.
    private static final int MAX_ASKED = 500;

    private record Members(List<Member> items) {
        private record Member(UUID userId) {}
    }

    private record UserIds(List<UUID> ids) {}

    private record Named(List<NamedUser> items) {
        private record NamedUser(UUID id, String name) {}
    }

    private final ServiceClient services;
    private final ShortLivedCache<UUID, Handles> kept;

    MentionableUsers(ServiceClient services, Clock clock) {
        this.services = services;
        this.kept = new ShortLivedCache<>(clock, MAX_KEPT);
    }

    /// The users who can be mentioned in a project; empty when identity does not respond.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Optional<Handles> in(UUID project) {
        @Nullable Handles known = kept.get(project);
        return known == null ? inNow(project) : Optional.of(known);
    }

    /// The users who can be mentioned in a project, without the cache, so that new members are
    /// included; empty when identity does not respond.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Optional<Handles> inNow(UUID project) {
        long heard = kept.invalidations();
        Members members = services.to("tasks")
                .within(CallTimeout.NEEDED)
                .get("/internal/tasks/projects/" + project + "/members", Members.class);
        List<UUID> ids = members.items().stream().map(Members.Member::userId).toList();
        try {
            Handles handles = Handles.of(named(ids));
            kept.put(project, handles, heard);
            return Optional.of(handles);
        } catch (Refusal.Unavailable silence) {
            LOG.warnf("Nobody can be mentioned: %s", silence.detail());
            return Optional.empty();
        }
    }

    private List<Mention> named(List<UUID> ids) {
        List<Mention> named = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MAX_ASKED) {
            List<UUID> some = ids.subList(from, Math.min(ids.size(), from + MAX_ASKED));
            services.to("identity")
                    .within(CallTimeout.NEEDED)
                    .repeatable()
                    .post("/internal/identity/users", new UserIds(some), Named.class)
                    .items()
                    .forEach(user -> named.add(new Mention(user.id(), user.name())));
        }
        return named;
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) CacheInvalidation invalidation) {
        if (invalidation.topic().equals("membership")) {
            kept.forget((project, _) -> project.toString().equals(invalidation.key()));
        }
    }
}
