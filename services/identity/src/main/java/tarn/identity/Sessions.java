package tarn.identity;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of sessions: sign in, refresh, exchange a cookie for an access token, list, end
/// one, sign out.
@Singleton
class Sessions {

    private static final Logger LOG = Logger.getLogger(Sessions.class);

    /// A new session.
    ///
    /// @param secret the cookie's value, or the first refresh token
    /// @param accessToken null for a cookie
    record SignedIn(
            Session session,
            User user,
            OpaqueSecret secret,
            @Nullable AccessToken accessToken) {}

    /// The result of exchanging a refresh token.
    record Refreshed(AccessToken accessToken, OpaqueSecret refreshToken) {}

    /// The result of rotating a refresh token in the database.
    sealed interface Rotation {
        record Done(SessionStore.Held held, OpaqueSecret next) implements Rotation {}

        /// The token is unknown or expired, or its session has ended.
        record Refused() implements Rotation {}

        /// The token was copied, so its session was ended.
        record Reused() implements Rotation {}
    }

    private final SessionStore store;
    private final UserStore users;
    private final Passwords passwords;
    private final AccessTokenIssuer accessTokens;
    private final CredentialRevoker revoker;
    private final RefreshChain chain;
    private final Clock clock;

    Sessions(
            SessionStore store,
            UserStore users,
            Passwords passwords,
            AccessTokenIssuer accessTokens,
            CredentialRevoker revoker,
            RefreshChain chain,
            Clock clock) {
        this.store = store;
        this.users = users;
        this.passwords = passwords;
        this.accessTokens = accessTokens;
        this.revoker = revoker;
        this.chain = chain;
        this.clock = clock;
    }

    /// Signs a user in on a device.
    ///
    /// @param caller whose session the browser already has; null for none
    /// @throws Refusal.Unauthenticated when e-mail address or password is wrong
    public SignedIn signIn(
            @Nullable Caller caller, User.Email email, String password, Session.Kind kind, Device device) {
        UserStore.Known known = passwords.authenticate(email, password, device);
        OpaqueSecret secret = kind == Session.Kind.TOKEN ? RefreshChain.first() : OpaqueSecret.fresh("");
        Session session = open(caller, known, kind, secret, device);
        User user = known.user();
        return new SignedIn(
                session,
                user,
                secret,
                kind == Session.Kind.TOKEN
                        ? accessTokens.forSession(
                                session, user.administrator(), user.profile().timeZone())
                        : null);
    }

    @Transactional
    Session open(
            @Nullable Caller caller, UserStore.Known known, Session.Kind kind, OpaqueSecret secret, Device device) {
        User.Id user = known.user().id();
        // The password may have been changed since it was checked, and all sessions ended.
        if (!users.holdPassword(user, known.passwordHash())) {
            throw Passwords.wrongCredentials();
        }
        Instant now = clock.instant();
        Session session = Session.open(new Session.Id(Uuid7.next(clock)), user, kind, device, now);
        switch (kind) {
            case COOKIE -> store.insert(session, secret);
            case TOKEN -> {
                store.insert(session, null);
                store.insert(new RefreshToken(session.id(), now, null), secret);
            }
        }
        store.append(session.id(), user.value(), new SessionEvent.Created(user.value(), kind));
        if (caller != null && kind == Session.Kind.COOKIE) {
            endBrowserSession(caller);
        }
        return session;
    }

    /// Ends the session of the cookie that is about to be replaced, of whichever user.
    private void endBrowserSession(Caller caller) {
        store.session(new Session.Id(caller.credential()))
                .filter(session -> session.kind() == Session.Kind.COOKIE)
                .ifPresent(session ->
                        revoker.end(session.user(), session.id(), caller.id(), SessionEvent.Reason.SIGNED_OUT));
    }

    /// The caller's user, if the caller has a session.
    public Optional<User> user(@Nullable Caller caller) {
        return caller == null || caller.kind() != Caller.Kind.SESSION
                ? Optional.empty()
                : users.user(new User.Id(caller.id()));
    }

    /// The caller's valid sessions, newest first.
    public Page<Session> of(Caller caller, @Nullable String cursor, @Nullable Integer limit) {
        return store.of(new User.Id(caller.id()), clock.instant(), cursor, limit);
    }

    /// Ends the caller's session; idempotent, because clients retry.
    @Transactional
    public void signOut(Caller caller) {
        revoker.end(
                new User.Id(caller.id()),
                new Session.Id(caller.credential()),
                caller.id(),
                SessionEvent.Reason.SIGNED_OUT);
    }

    /// Ends one of the caller's sessions.
    ///
    /// @throws Refusal.NotFound when the caller has no such session
    @Transactional
    public void end(Caller caller, Session.Id id) {
        if (!revoker.end(new User.Id(caller.id()), id, caller.id(), SessionEvent.Reason.REVOKED)) {
            throw new Refusal.NotFound("session");
        }
    }

    /// Exchanges a refresh token for an access token and the next refresh token.
    ///
    /// @throws Refusal.Unauthenticated when invalid; `refresh-token-reused` when it was used
    /// before, which ends the session
    public Refreshed refresh(OpaqueSecret token, Device device) {
        return switch (rotate(token, device)) {
            case Rotation.Done done ->
                new Refreshed(
                        accessTokens.forSession(
                                done.held().session(),
                                done.held().administrator(),
                                done.held().timeZone()),
                        done.next());
            case Rotation.Refused _ ->
                throw new Refusal.Unauthenticated("unauthenticated", "This refresh token is not valid. Sign in again.");
            case Rotation.Reused _ ->
                throw new Refusal.Unauthenticated(
                        "refresh-token-reused", "This refresh token was used before. Sign in again.");
        };
    }

    @Transactional
    Rotation rotate(OpaqueSecret token, Device device) {
        Instant now = clock.instant();
        SessionStore.Held held = store.lockedByRefreshToken(token).orElse(null);
        RefreshToken link = store.refreshToken(token).orElse(null);
        if (held == null || link == null || !held.session().isLive(now) || link.isExpired(now)) {
            return new Rotation.Refused();
        }
        Session session = held.session();
        OpaqueSecret next = chain.after(token);
        if (link.isReused(now)
                || store.refreshToken(next).map(RefreshToken::usedAt).isPresent()) {
            LOG.warnf(
                    "A used refresh token of session %s was presented again: the session ends",
                    session.id().value());
            UUID user = session.user().value();
            revoker.end(session.user(), session.id(), user, SessionEvent.Reason.REFRESH_TOKEN_REUSED);
            return new Rotation.Reused();
        }
        if (link.usedAt() == null) {
            store.markUsed(token, now);
            store.insert(new RefreshToken(session.id(), now, null), next);
        }
        Session used = session.use(device, now);
        store.update(used);
        return new Rotation.Done(new SessionStore.Held(used, held.administrator(), held.timeZone()), next);
    }

    /// An access token for a session cookie, which counts as use of the session; empty when the
    /// session has ended.
    public Optional<AccessToken> exchange(OpaqueSecret cookie, Device device) {
        Instant now = clock.instant();
        return store.byCookie(cookie).filter(held -> held.session().isLive(now)).map(held -> {
            Session used = held.session().use(device, now);
            if (!used.equals(held.session())) {
                store.update(used);
            }
            return accessTokens.forSession(used, held.administrator(), held.timeZone());
        });
    }
}
