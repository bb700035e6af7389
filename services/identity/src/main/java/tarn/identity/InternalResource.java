package tarn.identity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.http.Text;
import tarn.platform.job.JobRequest;
import tarn.platform.job.JobResult;
import tarn.platform.problem.Refusal;

/// Internal operations of identity for the other services, which the gateway hides from clients:
/// access tokens, revocations, refused cross-site requests, users by id, and recurring jobs.
@Path("/internal/identity")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class InternalResource {

    private static final String BASIC = "Basic ";

    private final Sessions sessions;
    private final PersonalTokens tokens;
    private final Users users;
    private final UserDirectory directory;
    private final Revocations revocations;
    private final SecurityLog log;
    private final ServiceKeys services;
    private final AccessTokenIssuer accessTokens;
    private final IdentityJobs jobs;

    InternalResource(
            Sessions sessions,
            PersonalTokens tokens,
            Users users,
            UserDirectory directory,
            Revocations revocations,
            SecurityLog log,
            ServiceKeys services,
            AccessTokenIssuer accessTokens,
            IdentityJobs jobs) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.users = users;
        this.directory = directory;
        this.revocations = revocations;
        this.log = log;
        this.services = services;
        this.accessTokens = accessTokens;
        this.jobs = jobs;
    }

    /// Exchanges a service's key, sent as Basic authentication (RFC 7617), for an access token.
    @POST
    @Path("service-tokens")
    @Consumes(MediaType.WILDCARD)
    @PermitAll
    @Operation(hidden = true)
    public Issued serviceToken(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        String[] parts = basic(authorization).split(":", 2);
        String name = parts[0];
        services.require(name, parts.length == 2 ? parts[1] : "");
        return Issued.of(accessTokens.forService(name));
    }

    private static String basic(@Nullable String authorization) {
        if (authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            try {
                return new String(
                        Base64.getDecoder()
                                .decode(authorization.substring(BASIC.length()).strip()),
                        StandardCharsets.UTF_8);
            } catch (IllegalArgumentException malformed) {
                // answered below
            }
        }
        throw new Refusal.Unauthenticated("unauthenticated", "Send the service's name and key.");
    }

    /// Exchanges a session cookie or personal access token for an access token.
    @POST
    @Path("access-tokens")
    @RolesAllowed("service:gateway")
    @Operation(hidden = true)
    public Issued accessToken(@NotNull @Valid HeldCredential held) {
        OpaqueSecret secret = OpaqueSecret.presented(held.secret());
        Optional<AccessToken> token = switch (held.kind()) {
            case COOKIE -> sessions.exchange(secret, Device.of(held.address(), "", held.userAgent()));
            case PERSONAL -> tokens.exchange(secret);
        };
        return token.map(Issued::of).orElseThrow(() -> new Refusal.NotFound("credential"));
    }

    /// Revocations after a sequence number.
    @GET
    @Path("revocations")
    @RolesAllowed("service:gateway")
    @Operation(hidden = true)
    public Ended revocations(@QueryParam("after") @DefaultValue("0") Long after) {
        List<Revocation> ended = revocations.after(after);
        return new Ended(
                ended.stream()
                        .map(one -> new Ended.One(one.seq(), one.credential()))
                        .toList(),
                ended.isEmpty() ? after : ended.getLast().seq());
    }

    /// Adds refused cross-site requests to the security log.
    @POST
    @Path("cross-site-refusals")
    @RolesAllowed("service:gateway")
    @Operation(hidden = true)
    public void crossSiteRefusals(@NotNull @Valid Refusals refusals) {
        for (Refusals.RefusedSource one : refusals.items()) {
            SecurityEvent.Subject subject = new SecurityEvent.Subject(one.userId(), null);
            String address = new Device(one.address(), "").address();
            log.append(SecurityEvent.EventKind.CROSS_SITE_REFUSED, subject, null, address, one.count());
        }
    }

    /// Cross-site requests that the gateway has refused.
    public record Refusals(@NotNull @Size(max = 200) List<@NotNull @Valid RefusedSource> items) {

        /// Those of one client.
        ///
        /// @param userId whose cookie was sent; null when unknown
        public record RefusedSource(
                @NotNull @Text(max = 100) String address,
                @Nullable UUID userId,
                @Min(1) int count) {}
    }

    /// One user.
    ///
    /// @param invitedBy only if the user has accepted an invitation of this one; null for any user
    @GET
    @Path("users/{id}")
    @RolesAllowed("service:tasks")
    @Operation(hidden = true)
    public UserResource.View user(@PathParam("id") UUID id, @QueryParam("invitedBy") @Nullable UUID invitedBy) {
        User.Id user = new User.Id(id);
        return UserResource.View.of(
                invitedBy == null ? users.user(user) : directory.invited(new User.Id(invitedBy), user));
    }

    /// Several users; unknown ids are left out.
    @POST
    @Path("users")
    @RolesAllowed({"service:gateway", "service:posts"})
    @Operation(hidden = true)
    public Page<UserResource.View> users(@NotNull @Valid IdsRequest asked) {
        return new Page<>(
                users.users(asked.ids()).stream().map(UserResource.View::of).toList(), null);
    }

    /// The time zones of several users; unknown ids are left out.
    @POST
    @Path("users/time-zones")
    @RolesAllowed("service:tasks")
    @Operation(hidden = true)
    public Page<UserZone> timeZones(@NotNull @Valid IdsRequest asked) {
        return new Page<>(users.users(asked.ids()).stream().map(UserZone::of).toList(), null);
    }

    /// Does a slice of a recurring job.
    @POST
    @Path("jobs/{job}")
    @RolesAllowed("service:worker")
    @Operation(hidden = true)
    public JobResult runJob(@PathParam("job") String job, @NotNull @Valid JobRequest request) {
        return jobs.run(job, request);
    }

    /// The time zone of a user's account.
    public record UserZone(UUID id, String timeZone) {

        static UserZone of(User user) {
            return new UserZone(user.id().value(), user.profile().timeZone().getId());
        }
    }

    /// The users to look up.
    public record IdsRequest(@NotNull @Size(max = 500) List<@NotNull UUID> ids) {}

    /// A credential that a client sent to the gateway.
    ///
    /// @param address of the client
    /// @param userAgent of the client
    public record HeldCredential(
            @NotNull Kind kind,
            @NotNull @Text(max = 500) String secret,
            @Nullable String address,
            @Nullable String userAgent) {

        /// The kind of credential.
        public enum Kind {
            /// The value of a session cookie.
            COOKIE,
            /// A personal access token.
            PERSONAL
        }

        @Override
        public String toString() {
            return "HeldCredential[" + kind + ", ***]";
        }
    }

    /// An access token.
    ///
    /// @param credential the session or personal access token it was issued for; the nil UUID for a
    /// service
    public record Issued(String value, Instant expiresAt, UUID credential) {

        static Issued of(AccessToken token) {
            return new Issued(token.value().value(), token.expiresAt(), token.credential());
        }

        @Override
        public String toString() {
            return "Issued[***]";
        }
    }

    /// Credentials whose access tokens must be refused.
    ///
    /// @param last sequence number for the next request
    public record Ended(List<One> items, long last) {

        /// A revocation.
        public record One(long seq, UUID credential) {}
    }
}
