package tarn.identity;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of personal access tokens: create, list, revoke, and exchange for an access token.
@Singleton
class PersonalTokens {

    /// A newly created token.
    ///
    /// @param secret shown only once
    record CreatedToken(PersonalToken token, OpaqueSecret secret) {}

    /// Age of a sign-in up to which a token is created without the password.
    static final Duration FRESH = Duration.ofMinutes(10);

    private final PersonalTokenStore store;
    private final UserStore users;
    private final SessionStore sessions;
    private final Passwords passwords;
    private final AccessTokenIssuer accessTokens;
    private final CredentialRevoker revoker;
    private final SecurityLog log;
    private final Clock clock;

    PersonalTokens(
            PersonalTokenStore store,
            UserStore users,
            SessionStore sessions,
            Passwords passwords,
            AccessTokenIssuer accessTokens,
            CredentialRevoker revoker,
            SecurityLog log,
            Clock clock) {
        this.store = store;
        this.users = users;
        this.sessions = sessions;
        this.passwords = passwords;
        this.accessTokens = accessTokens;
        this.revoker = revoker;
        this.log = log;
        this.clock = clock;
    }

    /// Requires the password when the sign-in is older than ten minutes. Not a transaction, see
    /// [Passwords].
    ///
    /// @param password null when not sent
    /// @throws Refusal.Forbidden `password-needed`
    /// @throws Refusal.Invalid `wrong-password`
    public void confirm(Caller caller, @Nullable String password, Device device) {
        User.Id user = new User.Id(caller.id());
        if (password != null) {
            passwords.confirm(user, password, device, "/password");
            return;
        }
        Instant oldest = clock.instant().minus(FRESH);
        Session session = sessions.session(new Session.Id(caller.credential())).orElseThrow(Users::gone);
        if (!session.createdAt().isAfter(oldest)) {
            throw new Refusal.Forbidden(
                    "password-needed", "You signed in more than ten minutes ago. Send your password too.");
        }
    }

    /// Creates a token for the caller.
    ///
    /// @param expiresAt null for a year from now
    /// @throws Refusal.Conflict when the caller has the maximum number of tokens
    @Transactional
    public CreatedToken create(Caller caller, String name, List<String> scopes, @Nullable Instant expiresAt) {
        User.Id user = users.locked(new User.Id(caller.id()))
                .filter(open -> !open.closed())
                .orElseThrow(Users::gone)
                .id();
        Instant now = clock.instant();
        if (store.countLive(user, now) >= PersonalToken.MAX_PER_USER) {
            throw new Refusal.Conflict(
                    "too-many-tokens",
                    "You have " + PersonalToken.MAX_PER_USER + " access tokens, as many as there can be: revoke some.");
        }
        Instant end = expiresAt == null ? now.plus(PersonalToken.USUAL) : expiresAt;
        OpaqueSecret secret = OpaqueSecret.fresh(PersonalToken.KIND);
        PersonalToken token = PersonalToken.create(
                new PersonalToken.Id(Uuid7.next(clock)),
                user,
                name,
                scopes,
                secret,
                now,
                end.truncatedTo(ChronoUnit.MICROS));
        store.insert(token, secret);
        store.append(
                token.id(),
                caller.id(),
                new PersonalTokenEvent.Created(caller.id(), token.scopes(), token.expiresAt()));
        log.append(SecurityEvent.EventKind.TOKEN_CREATED, SecurityEvent.Subject.self(user), null);
        return new CreatedToken(token, secret);
    }

    /// The caller's tokens, newest first.
    public Page<PersonalToken> of(Caller caller, @Nullable String cursor, @Nullable Integer limit) {
        return store.of(new User.Id(caller.id()), cursor, limit);
    }

    /// Revokes one of the caller's tokens.
    ///
    /// @throws Refusal.NotFound when the caller has no such token
    @Transactional
    public void revoke(Caller caller, PersonalToken.Id id) {
        if (!revoker.end(new User.Id(caller.id()), id)) {
            throw new Refusal.NotFound("token");
        }
    }

    /// An access token for a personal access token; empty when unknown, revoked or expired.
    public Optional<AccessToken> exchange(OpaqueSecret secret) {
        Instant now = clock.instant();
        return store.bySecret(secret).filter(held -> held.token().isLive(now)).map(held -> {
            PersonalToken token = held.token();
            if (token.isUseNews(now)) {
                store.markUsed(token.id(), now);
            }
            return accessTokens.forPersonalToken(token, held.timeZone());
        });
    }
}
