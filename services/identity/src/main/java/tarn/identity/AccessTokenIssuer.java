package tarn.identity;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.identity.keys.AccessTokenSigner;
import tarn.platform.Secret;
import tarn.platform.security.AccessTokens;
import tarn.platform.security.Caller;

/// Issues access tokens to sessions, personal access tokens and services; none outlives its
/// credential.
@Singleton
final class AccessTokenIssuer {

    private static final UUID NIL = new UUID(0, 0);

    private final AccessTokenSigner signer;
    private final Clock clock;

    AccessTokenIssuer(AccessTokenSigner signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    AccessToken forSession(Session session, boolean administrator, ZoneId timeZone) {
        return issue(new Caller(
                session.user().value(),
                Caller.Kind.SESSION,
                session.id().value(),
                Set.of(),
                administrator,
                "",
                end(session.expiresAt()),
                timeZone));
    }

    /// Never has the role of administrator, even for a user who is one.
    AccessToken forPersonalToken(PersonalToken token, ZoneId timeZone) {
        return issue(new Caller(
                token.user().value(),
                Caller.Kind.TOKEN,
                token.id().value(),
                Set.copyOf(token.scopes()),
                false,
                "",
                end(token.expiresAt()),
                timeZone));
    }

    AccessToken forService(String name) {
        return issue(new Caller(NIL, Caller.Kind.SERVICE, NIL, Set.of(), false, name, end(null)));
    }

    private AccessToken issue(Caller caller) {
        return new AccessToken(new Secret(signer.sign(caller)), caller.expiresAt(), caller.credential());
    }

    private Instant end(@Nullable Instant credentialEnds) {
        // A JWT tells whole seconds.
        Instant end = clock.instant().plus(AccessTokens.LIFETIME).truncatedTo(ChronoUnit.SECONDS);
        return credentialEnds == null || end.isBefore(credentialEnds) ? end : credentialEnds;
    }
}
