package tarn.identity;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// Who finds whom: a user finds themselves, those they share a project with and those they invited;
/// an administrator in a session finds everybody.
///
/// Who is named by id is also found when they have left a project that the user is in, because
/// their names stand beside what they wrote.
@Singleton
final class UserDirectory {

    private final UserStore store;
    private final InvitationStore invitations;
    private final ProjectMemberships memberships;

    UserDirectory(UserStore store, InvitationStore invitations, ProjectMemberships memberships) {
        this.store = store;
        this.invitations = invitations;
        this.memberships = memberships;
    }

    /// The users whom the caller finds, by name.
    ///
    /// @param text words of a name, or a whole e-mail address; null for all
    /// @param ids only these, at most 1,000; all when empty
    /// @param closed only accounts that are closed, or only those that are not; null for all
    /// @throws Refusal.Unavailable when the tasks service does not respond
    Page<User> search(
            Caller caller,
            @Nullable String text,
            Collection<UUID> ids,
            @Nullable Boolean closed,
            @Nullable String cursor,
            @Nullable Integer limit) {
        @Nullable Collection<UUID> among = ids.isEmpty() ? colleagues(caller) : known(caller, ids);
        return store.directory(text, among, closed, cursor, limit);
    }

    /// A user whom the caller knows.
    ///
    /// @throws Refusal.NotFound when there is no such user, or the caller does not know them
    /// @throws Refusal.Unavailable when the tasks service does not respond
    User user(Caller caller, User.Id id) {
        return store.users(known(caller, List.of(id.value()))).stream()
                .findFirst()
                .orElseThrow(UserDirectory::unknown);
    }

    /// A user who has accepted an invitation of another.
    ///
    /// @throws Refusal.NotFound when there is no such user, or they have not
    User invited(User.Id inviter, User.Id id) {
        return store.users(invitations.invitedBy(inviter, List.of(id.value()))).stream()
                .findFirst()
                .orElseThrow(UserDirectory::unknown);
    }

    /// Null for everybody.
    private @Nullable Collection<UUID> colleagues(Caller caller) {
        if (caller.administers()) {
            return null;
        }
        Set<UUID> found = new HashSet<>(memberships.colleagues(caller.id()));
        found.addAll(invitations.invitedBy(new User.Id(caller.id())));
        found.add(caller.id());
        return found;
    }

    private Collection<UUID> known(Caller caller, Collection<UUID> ids) {
        if (caller.administers()) {
            return ids;
        }
        Set<UUID> strangers = new HashSet<>(ids);
        Set<UUID> known = new HashSet<>(invitations.invitedBy(new User.Id(caller.id()), ids));
        if (strangers.contains(caller.id())) {
            known.add(caller.id());
        }
        strangers.removeAll(known);
        if (!strangers.isEmpty()) {
            known.addAll(memberships.acquaintances(caller.id(), strangers));
        }
        return known;
    }

    private static Refusal unknown() {
        return new Refusal.NotFound("user");
    }
}
