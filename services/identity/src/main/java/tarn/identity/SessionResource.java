package tarn.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.identity.passwords.PasswordRules;
import tarn.platform.http.Page;
import tarn.platform.http.Text;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.security.CurrentCaller;

/// Signing in and out, and the caller's sessions, over HTTP.
@Path("/api/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sessions")
public final class SessionResource {

    private static final String NEVER_KEPT = "no-store";

    private final Sessions sessions;
    private final CurrentCaller caller;
    private final Cookie cookie;
    private final Clock clock;

    SessionResource(Sessions sessions, CurrentCaller caller, Cookie cookie, Clock clock) {
        this.sessions = sessions;
        this.caller = caller;
        this.cookie = cookie;
        this.clock = clock;
    }

    /// Signs in: a browser gets a cookie, an API client an access token and a refresh token.
    @POST
    @PermitAll
    @Operation(
            operationId = "signIn",
            summary = "Sign in: a browser gets a cookie, an API client an access and a refresh token",
            description = "With the grant `cookie` the answer sets a cookie that scripts cannot read. With "
                    + "`token` it holds an access token of five minutes and a refresh token.")
    @ProblemCodes({"401 unauthenticated, wrong-credentials", "403 account-closed"})
    @APIResponse(
            responseCode = "201",
            description = "The session",
            content = @Content(schema = @Schema(implementation = SignedIn.class)))
    public Response signIn(@NotNull @Valid Credentials credentials, @Context HttpServerRequest request) {
        Session.Kind kind = credentials.grant() == null ? Session.Kind.COOKIE : credentials.grant();
        Sessions.SignedIn signedIn = sessions.signIn(
                caller.present(),
                new User.Email(credentials.email()),
                credentials.password(),
                kind,
                Devices.of(request));
        Session session = signedIn.session();
        AccessToken accessToken = signedIn.accessToken();
        Response.ResponseBuilder answer = Response.created(
                        URI.create("/api/sessions/" + session.id().value()))
                .header(HttpHeaders.CACHE_CONTROL, NEVER_KEPT);
        View view = View.of(session, session.id());
        UserResource.Me user = UserResource.Me.of(signedIn.user());
        if (accessToken == null) {
            return answer.cookie(cookie.holding(signedIn.secret()))
                    .entity(new SignedIn(view, user, null, null, null))
                    .build();
        }
        return answer.entity(new SignedIn(
                        view,
                        user,
                        accessToken.value().value(),
                        signedIn.secret().value().value(),
                        seconds(accessToken)))
                .build();
    }

    /// Exchanges a refresh token once, for an access token and the next refresh token.
    @POST
    @Path("refresh")
    @PermitAll
    @Operation(
            operationId = "refreshSession",
            summary = "Exchange a refresh token, once, for an access token and the next refresh token",
            description = "Each refresh token works once. When one comes a second time, the session ends, "
                    + "since a thief would do that.")
    @ProblemCodes("401 refresh-token-reused, unauthenticated")
    @APIResponse(
            responseCode = "200",
            description = "The next tokens",
            content = @Content(schema = @Schema(implementation = Tokens.class)))
    public Response refresh(@NotNull @Valid Refresh refresh, @Context HttpServerRequest request) {
        Sessions.Refreshed refreshed =
                sessions.refresh(OpaqueSecret.presented(refresh.refreshToken()), Devices.of(request));
        return Response.ok(new Tokens(
                        refreshed.accessToken().value().value(),
                        refreshed.refreshToken().value().value(),
                        seconds(refreshed.accessToken())))
                .header(HttpHeaders.CACHE_CONTROL, NEVER_KEPT)
                .build();
    }

    /// The caller's sessions, newest first.
    @GET
    @RolesAllowed("session")
    @Operation(
            operationId = "listSessions",
            summary = "Where the caller is signed in, the latest first",
            description = "With the device and the address of each.")
    public Page<View> sessions(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        Session.Id current = new Session.Id(caller.get().credential());
        return sessions.of(caller.get(), cursor, limit).map(session -> View.of(session, current));
    }

    /// The signed-in user, if any; public, because a first visit is no error.
    @GET
    @Path("current")
    @PermitAll
    @Operation(
            operationId = "readCurrentSession",
            summary = "Who is signed in, if any user is",
            description =
                    "Everyone may ask: that no user is signed in is an answer, not an error. A credential that has"
                            + " ended is refused, as everywhere.")
    @ProblemCodes("401 unauthenticated")
    @APIResponse(
            responseCode = "200",
            description = "The user, or null",
            content = @Content(schema = @Schema(implementation = Current.class)))
    public Response current() {
        return Response.ok(new Current(
                        sessions.user(caller.present()).map(UserResource.Me::of).orElse(null)))
                .header(HttpHeaders.CACHE_CONTROL, NEVER_KEPT)
                .build();
    }

    /// Signs out.
    @DELETE
    @Path("current")
    @RolesAllowed("session")
    @Operation(
            operationId = "signOut",
            summary = "Sign out",
            description = "The session ends everywhere within a second, and the cookie is taken back.")
    @APIResponse(responseCode = "204", description = "Done")
    public Response signOut() {
        sessions.signOut(caller.get());
        return Response.noContent().cookie(cookie.gone()).build();
    }

    /// Ends one of the caller's sessions.
    @DELETE
    @Path("{id}")
    @RolesAllowed("session")
    @Operation(
            operationId = "endSession",
            summary = "End one of the caller's sessions",
            description = "It ends within a second. The device has to sign in again.")
    @APIResponse(responseCode = "204", description = "Done")
    public void end(@PathParam("id") UUID id) {
        sessions.end(caller.get(), new Session.Id(id));
    }

    private long seconds(AccessToken token) {
        return Math.max(0, Duration.between(clock.instant(), token.expiresAt()).toSeconds());
    }

    /// The request to sign in.
    ///
    /// @param grant credential for the device; a cookie by default
    @Schema(name = "Credentials")
    public record Credentials(
            @NotNull @Text(max = 254) String email,
            @NotNull @Text(max = PasswordRules.MAX_LENGTH) String password,
            Session.@Nullable Kind grant) {

        @Override
        public String toString() {
            return "Credentials[***]";
        }
    }

    /// A new session, with tokens if requested.
    ///
    /// @param expiresIn lifetime of the access token in seconds
    @Schema(name = "SignedIn")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SignedIn(
            View session,
            UserResource.Me user,
            @Nullable String accessToken,
            @Nullable String refreshToken,
            @Nullable Long expiresIn) {}

    /// The refresh token to exchange.
    @Schema(name = "Refresh")
    public record Refresh(@NotNull @Text(max = 200) String refreshToken) {

        @Override
        public String toString() {
            return "Refresh[***]";
        }
    }

    /// An access token and the next refresh token.
    ///
    /// @param expiresIn lifetime of the access token in seconds
    @Schema(name = "Tokens")
    public record Tokens(String accessToken, String refreshToken, long expiresIn) {}

    /// The signed-in user.
    ///
    /// @param user null when anonymous, and for a personal access token
    @Schema(name = "CurrentSession")
    public record Current(UserResource.@Nullable Me user) {}

    /// A session of the caller.
    ///
    /// @param current whether it is the session of this request
    @Schema(name = "SessionView")
    public record View(
            UUID id, Instant createdAt, Instant lastUsedAt, String userAgent, String address, boolean current) {

        static View of(Session session, Session.Id current) {
            return new View(
                    session.id().value(),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.device().userAgent(),
                    session.device().address(),
                    session.id().equals(current));
        }
    }

    /// Builds the session cookie: `HttpOnly` and, with https, bound to this host and secure
    /// (`__Host-`, RFC 6265bis).
    @Singleton
    static final class Cookie {

        private final boolean secure;
        private final String name;

        Cookie(@ConfigProperty(name = "tarn.public.url", defaultValue = "http://localhost:8080") URI publicUrl) {
            this.secure = "https".equals(publicUrl.getScheme());
            this.name = secure ? "__Host-tarn_session" : "tarn_session";
        }

        /// The cookie of a new session, valid for the maximum lifetime; the server ends idle sessions
        /// earlier.
        NewCookie holding(OpaqueSecret secret) {
            return cookie(secret.value().value(), (int) Session.MAX_LIFETIME.toSeconds());
        }

        /// Deletes the cookie.
        NewCookie gone() {
            return cookie("", 0);
        }

        private NewCookie cookie(String value, int maxAge) {
            return new NewCookie.Builder(name)
                    .value(value)
                    .path("/")
                    .maxAge(maxAge)
                    .secure(secure)
                    .httpOnly(true)
                    .sameSite(NewCookie.SameSite.LAX)
                    .build();
        }
    }
}
