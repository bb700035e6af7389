package tarn.identity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.identity.database.IdentityDatabase;
import tarn.identity.passwords.PasswordRules;
import tarn.platform.http.Idempotency;
import tarn.platform.http.Page;
import tarn.platform.http.Text;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;

/// The caller's personal access tokens over HTTP.
@Path("/api/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("session")
@Tag(name = "Tokens")
public final class PersonalTokenResource {

    private final PersonalTokens tokens;
    private final CurrentCaller caller;
    private final Idempotency idempotency;

    PersonalTokenResource(PersonalTokens tokens, CurrentCaller caller, IdentityDatabase database) {
        this.tokens = tokens;
        this.caller = caller;
        this.idempotency = database.idempotency();
    }

    /// Creates a token; its secret is shown only in this response.
    @POST
    @Operation(
            operationId = "createToken",
            summary = "Make a personal access token; its secret is shown this once",
            description = "The secret is shown this once. A user who signed in more than ten minutes ago sends "
                    + "the password, too.")
    @ProblemCodes({"403 password-needed", "409 already-done, too-many-tokens", "422 wrong-password"})
    @APIResponse(
            responseCode = "201",
            description = "The token with its secret",
            content = @Content(schema = @Schema(implementation = WithSecret.class)))
    public Response create(
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @NotNull @Valid Draft draft,
            @Context HttpServerRequest request) {
        Caller user = caller.get();
        Device device = Devices.of(request);
        return idempotency.onceWithSecret(
                user,
                key,
                "POST /api/tokens",
                draft.withoutPassword(),
                () -> {
                    tokens.confirm(user, draft.password(), device);
                    return draft;
                },
                confirmed -> created(tokens.create(user, confirmed.name(), confirmed.scopes(), confirmed.expiresAt())));
    }

    private static Response created(PersonalTokens.CreatedToken created) {
        PersonalToken token = created.token();
        return Response.created(URI.create("/api/tokens/" + token.id().value()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new WithSecret(
                        token.id().value(),
                        token.name(),
                        token.scopes(),
                        token.prefix(),
                        token.createdAt(),
                        token.expiresAt(),
                        token.lastUsedAt(),
                        created.secret().value().value()))
                .build();
    }

    /// The caller's tokens, newest first.
    @GET
    @Operation(
            operationId = "listTokens",
            summary = "The caller's tokens, the latest first",
            description = "Without their secrets, which nobody can read again.")
    public Page<View> tokens(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        return tokens.of(caller.get(), cursor, limit).map(View::of);
    }

    /// Revokes one of the caller's tokens.
    @DELETE
    @Path("{id}")
    @Operation(
            operationId = "revokeToken",
            summary = "Revoke one of the caller's tokens",
            description = "It ends within a second.")
    @APIResponse(responseCode = "204", description = "Done")
    public void revoke(@PathParam("id") UUID id) {
        tokens.revoke(caller.get(), new PersonalToken.Id(id));
    }

    /// The request for a token.
    ///
    /// @param scopes what it may be used for
    /// @param expiresAt null for a year from now
    /// @param password required when the sign-in is older than ten minutes
    @Schema(name = "TokenDraft")
    public record Draft(
            @NotNull @Text(min = 1, max = 100, name = true) @Schema(minLength = 1, maxLength = 100)
            String name,

            @NotEmpty @Size(max = 10) List<@NotNull String> scopes,

            @Schema(description = "At most ten years from now; a year from now when not given") @Nullable
            Instant expiresAt,

            @Schema(
                    description = "Needed when the sign-in is older than ten minutes",
                    maxLength = PasswordRules.MAX_LENGTH)
            @Text(max = PasswordRules.MAX_LENGTH)
            @Nullable
            String password) {

        Draft withoutPassword() {
            return new Draft(name, scopes, expiresAt, null);
        }

        @Override
        public String toString() {
            return "TokenDraft[" + name + ", ***]";
        }
    }

    /// A token.
    ///
    /// @param prefix first characters of its secret
    @Schema(name = "TokenView")
    public record View(
            UUID id,
            String name,
            List<String> scopes,
            String prefix,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        static View of(PersonalToken token) {
            return new View(
                    token.id().value(),
                    token.name(),
                    token.scopes(),
                    token.prefix(),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt());
        }
    }

    /// A newly created token.
    ///
    /// @param secret for the program; shown only once
    @Schema(name = "NewToken")
    public record WithSecret(
            UUID id,
            String name,
            List<String> scopes,
            String prefix,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            String secret) {

        @Override
        public String toString() {
            return "WithSecret[" + id + ", ***]";
        }
    }
}
