package tarn.identity;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/// Revokes sessions and personal access tokens in the caller's transaction: deletes them, appends
/// their events, adds revocations for the gateways and lines to the security log.
///
/// Must be the last step of a transaction, see [RevocationStore#add].
@Singleton
final class CredentialRevoker {

    private final SessionStore sessions;
    private final PersonalTokenStore tokens;
    private final RevocationStore revocations;
    private final SecurityLog log;
    private final Clock clock;

    CredentialRevoker(
            SessionStore sessions,
            PersonalTokenStore tokens,
            RevocationStore revocations,
            SecurityLog log,
            Clock clock) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.revocations = revocations;
        this.log = log;
        this.clock = clock;
    }

    /// Revokes a session of a user; false when there is none.
    boolean end(User.Id user, Session.Id id, UUID actor, SessionEvent.Reason reason) {
        if (!sessions.delete(user, id)) {
            return false;
        }
        sessions.append(id, actor, new SessionEvent.Ended(user.value(), reason));
        logEnded(user, actor, reason, 1);
        revocations.add(List.of(id.value()), clock.instant());
        return true;
    }

    /// Revokes a personal access token of a user; false when there is none.
    boolean end(User.Id user, PersonalToken.Id id) {
        if (!tokens.delete(user, id)) {
            return false;
        }
        tokens.append(id, user.value(), new PersonalTokenEvent.Revoked(user.value()));
        logRevoked(user, user.value(), 1);
        revocations.add(List.of(id.value()), clock.instant());
        return true;
    }

    /// Revokes all sessions of a user but one, and optionally all personal access tokens.
    void endOthers(User.Id user, Session.Id stays, boolean tokensToo) {
        List<UUID> revoked = new ArrayList<>();
        if (tokensToo) {
            revoked.addAll(endTokens(user, user.value()));
        }
        List<UUID> ended = sessions.deleteOthers(user, stays).stream()
                .map(Session.Id::value)
                .toList();
        ended.forEach(id -> sessions.append(
                new Session.Id(id),
                user.value(),
                new SessionEvent.Ended(user.value(), SessionEvent.Reason.PASSWORD_CHANGED)));
        logEnded(user, user.value(), SessionEvent.Reason.PASSWORD_CHANGED, ended.size());
        revoked.addAll(ended);
        revocations.add(revoked, clock.instant());
    }

    /// Revokes all sessions of a user.
    ///
    /// @param tokensToo whether all personal access tokens are revoked too
    void endAll(User.Id user, UUID actor, SessionEvent.Reason reason, boolean tokensToo) {
        List<UUID> revoked = new ArrayList<>();
        if (tokensToo) {
            revoked.addAll(endTokens(user, actor));
        }
        List<Session.Id> ended = sessions.deleteAll(user);
        for (Session.Id id : ended) {
            sessions.append(id, actor, new SessionEvent.Ended(user.value(), reason));
            revoked.add(id.value());
        }
        logEnded(user, actor, reason, ended.size());
        revocations.add(revoked, clock.instant());
    }

    private List<UUID> endTokens(User.Id user, UUID actor) {
        List<UUID> ended =
                tokens.deleteAll(user).stream().map(PersonalToken.Id::value).toList();
        ended.forEach(
                id -> tokens.append(new PersonalToken.Id(id), actor, new PersonalTokenEvent.Revoked(user.value())));
        logRevoked(user, actor, ended.size());
        return ended;
    }

    private void logEnded(User.Id user, UUID actor, SessionEvent.Reason reason, int count) {
        if (count > 0) {
            String word = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            log.append(SecurityEvent.EventKind.SESSION_ENDED, SecurityEvent.Subject.by(user, actor), word, count);
        }
    }

    private void logRevoked(User.Id user, UUID actor, int count) {
        if (count > 0) {
            log.append(SecurityEvent.EventKind.TOKEN_REVOKED, SecurityEvent.Subject.by(user, actor), null, count);
        }
    }

    /// Adds revocations for all credentials of a user, whose rows are deleted with the user's.
    void endEverything(User.Id user) {
        revocations.add(
                Stream.concat(sessions.idsOf(user).stream(), tokens.idsOf(user).stream())
                        .toList(),
                clock.instant());
    }
}
