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
import tarn.platform.bus.Signal;
import tarn.platform.problem.Refusal;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// The users of projects, by the names that identity has for them; kept as long as accesses are.
@Singleton
final class MentionableUsers {

    private static final Logger LOG = Logger.getLogger(MentionableUsers.class);

    private static final int MAX_KEPT = 1_000;

    /// How many users identity tells of at once.
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

    /// Whom one can mention in a project; empty when identity does not say what they are called.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not answer
    Optional<Handles> in(UUID project) {
        @Nullable Handles known = kept.get(project);
        return known == null ? inNow(project) : Optional.of(known);
    }

    /// The same for a change: who has just been let in can be mentioned.
    ///
    /// @throws Refusal.Unavailable when the tasks service does not answer
    Optional<Handles> inNow(UUID project) {
        long heard = kept.signals();
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

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal signal) {
        if (signal.topic().equals("membership")) {
            kept.forget((project, _) -> project.toString().equals(signal.key()));
        }
    }
}
