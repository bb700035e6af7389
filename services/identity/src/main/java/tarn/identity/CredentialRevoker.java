package tarn.identity;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Revokes sessions and personal access tokens in the caller's transaction: deletes them, writes
/// their events and adds revocations for the gateways.
///
/// Must be the last step of a transaction, see [RevocationStore#add].
@Singleton
final class CredentialRevoker {

    private final SessionStore sessions;
    private final PersonalTokenStore tokens;
    private final RevocationStore revocations;
    private final Clock clock;

    CredentialRevoker(SessionStore sessions, PersonalTokenStore tokens, RevocationStore revocations, Clock clock) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.revocations = revocations;
        this.clock = clock;
    }

    /// Revokes a session of a user; false when there is none.
    boolean end(User.Id user, Session.Id id, UUID actor, SessionEvent.Reason reason) {
        if (!sessions.delete(user, id)) {
            return false;
        }
        sessions.append(id, actor, new SessionEvent.Ended(user.value(), reason));
        revocations.add(List.of(id.value()), clock.instant());
        return true;
    }

    /// Revokes a personal access token of a user; false when there is none.
    boolean end(User.Id user, PersonalToken.Id id) {
        if (!tokens.delete(user, id)) {
            return false;
        }
        tokens.append(id, user.value(), new PersonalTokenEvent.Revoked(user.value()));
        revocations.add(List.of(id.value()), clock.instant());
        return true;
    }

    /// Revokes all sessions of a user but one, and optionally all personal access tokens.
    void endOthers(User.Id user, Session.Id stays, boolean tokensToo) {
        List<UUID> revoked = new ArrayList<>();
        if (tokensToo) {
            for (PersonalToken.Id id : tokens.deleteAll(user)) {
                tokens.append(id, user.value(), new PersonalTokenEvent.Revoked(user.value()));
                revoked.add(id.value());
            }
        }
        List<UUID> ended = sessions.deleteOthers(user, stays).stream()
                .map(Session.Id::value)
                .toList();
        ended.forEach(id -> sessions.append(
                new Session.Id(id),
                user.value(),
                new SessionEvent.Ended(user.value(), SessionEvent.Reason.PASSWORD_CHANGED)));
        revoked.addAll(ended);
        revocations.add(revoked, clock.instant());
    }

    /// Revokes all sessions of a user.
    ///
    /// @param tokensToo whether all personal access tokens are revoked too
    void endAll(User.Id user, UUID actor, SessionEvent.Reason reason, boolean tokensToo) {
        List<UUID> revoked = new ArrayList<>();
        if (tokensToo) {
            for (PersonalToken.Id id : tokens.deleteAll(user)) {
                tokens.append(id, actor, new PersonalTokenEvent.Revoked(user.value()));
                revoked.add(id.value());
            }
        }
        for (Session.Id id : sessions.deleteAll(user)) {
            sessions.append(id, actor, new SessionEvent.Ended(user.value(), reason));
            revoked.add(id.value());
        }
        revocations.add(revoked, clock.instant());
    }

    /// Adds revocations for all credentials of a user, whose rows are deleted with the user's.
    void endEverything(User.Id user) {
        revocations.add(
                Stream.concat(sessions.idsOf(user).stream(), tokens.idsOf(user).stream())
                        .toList(),
                clock.instant());
    }
}
