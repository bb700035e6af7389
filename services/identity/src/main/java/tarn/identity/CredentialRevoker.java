package tarn.identity;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Revokes credentials in the caller's transaction: deletes them, writes their events and tells the gateways.
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

    /// Ends one session of a person; false when there is none such.
    boolean end(Person.Id person, Session.Id id, UUID actor, SessionEvent.Reason reason) {
        if (!sessions.delete(person, id)) {
            return false;
        }
        sessions.append(id, actor, new SessionEvent.Ended(person.value(), reason));
        revocations.add(List.of(id.value()), clock.instant());
        return true;
    }

    /// Ends one personal token of a person; false when there is none such.
    boolean end(Person.Id person, PersonalToken.Id id) {
        if (!tokens.delete(person, id)) {
            return false;
        }
        tokens.append(id, person.value(), new PersonalTokenEvent.Revoked(person.value()));
        revocations.add(List.of(id.value()), clock.instant());
        return true;
    }

    /// Ends all sessions of a person but one, and all personal tokens if asked for.
    void endOthers(Person.Id person, Session.Id stays, boolean tokensToo) {
        List<UUID> revoked = new ArrayList<>();
        if (tokensToo) {
            for (PersonalToken.Id id : tokens.deleteAll(person)) {
                tokens.append(id, person.value(), new PersonalTokenEvent.Revoked(person.value()));
                revoked.add(id.value());
            }
        }
        List<UUID> ended = sessions.deleteOthers(person, stays).stream()
                .map(Session.Id::value)
                .toList();
        ended.forEach(id -> sessions.append(
                new Session.Id(id),
                person.value(),
                new SessionEvent.Ended(person.value(), SessionEvent.Reason.PASSWORD_CHANGED)));
        revoked.addAll(ended);
        revocations.add(revoked, clock.instant());
    }

    /// Revokes whatever a person has; the rows themselves go with the person's.
    void endEverything(Person.Id person) {
        revocations.add(
                Stream.concat(sessions.idsOf(person).stream(), tokens.idsOf(person).stream())
                        .toList(),
                clock.instant());
    }
}
