package tarn.identity;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// Personal access tokens: made, listed, used, revoked.
@Singleton
class PersonalTokens {

    /// A token that was made.
    ///
    /// @param secret shown this once
    record Created(PersonalToken token, OpaqueSecret secret) {}

    private final PersonalTokenStore store;
    private final PersonStore people;
    private final AccessTokenIssuer accessTokens;
    private final Endings endings;
    private final Clock clock;

    PersonalTokens(
            PersonalTokenStore store,
            PersonStore people,
            AccessTokenIssuer accessTokens,
            Endings endings,
            Clock clock) {
        this.store = store;
        this.people = people;
        this.accessTokens = accessTokens;
        this.endings = endings;
        this.clock = clock;
    }

    /// Makes a token for the caller's programs.
    ///
    /// @param expiresAt null for never
    @Transactional
    public Created create(Caller caller, String name, List<String> scopes, @Nullable Instant expiresAt) {
        if (!people.hold(new Person.Id(caller.id()))) {
            throw People.gone();
        }
        OpaqueSecret secret = OpaqueSecret.fresh(PersonalToken.KIND);
        PersonalToken token = PersonalToken.create(
                new PersonalToken.Id(Uuid7.next(clock)),
                new Person.Id(caller.id()),
                name,
                scopes,
                secret,
                clock.instant(),
                expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS));
        store.insert(token, secret);
        store.append(
                token.id(),
                caller.id(),
                new PersonalTokenEvent.Created(caller.id(), token.scopes(), token.expiresAt()));
        return new Created(token, secret);
    }

    /// The caller's tokens, the latest first.
    public Page<PersonalToken> of(Caller caller, @Nullable String cursor, @Nullable Integer limit) {
        return store.of(new Person.Id(caller.id()), cursor, limit);
    }

    /// Revokes one of the caller's tokens.
    ///
    /// @throws Refusal.NotFound when it is none of the caller's
    @Transactional
    public void revoke(Caller caller, PersonalToken.Id id) {
        if (!endings.end(new Person.Id(caller.id()), id)) {
            throw new Refusal.NotFound("token");
        }
    }

    /// An access token for what a program holds; empty when it is unknown, revoked or expired.
    public Optional<AccessToken> exchange(OpaqueSecret secret) {
        Instant now = clock.instant();
        return store.bySecret(secret).filter(token -> token.isLive(now)).map(token -> {
            if (token.isUseNews(now)) {
                store.markUsed(token.id(), now);
            }
            return accessTokens.forPersonalToken(token);
        });
    }
}
