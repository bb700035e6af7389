package tarn.identity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.http.Idempotency;
import tarn.platform.http.Page;
import tarn.platform.problem.Problem;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;

/// The accounts of others over HTTP, for administrators.
@Path("/api/users")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("administrator")
@Tag(name = "Users")
public final class AccountResource {

    private final Accounts accounts;
    private final PasswordResets resets;
    private final CurrentCaller caller;
    private final Idempotency idempotency;

    AccountResource(Accounts accounts, PasswordResets resets, CurrentCaller caller, IdentityDatabase database) {
        this.accounts = accounts;
        this.resets = resets;
        this.caller = caller;
        this.idempotency = database.idempotency();
    }

    /// All accounts, by name.
    @GET
    @Path("accounts")
    @Operation(
            operationId = "listAccounts",
            summary = "All accounts of this Tarn, by name",
            description = "With e-mail address, role, closure, and when each was last seen.")
    public Page<View> list(
            @Parameter(description = "Words of the name, or part of the e-mail address") @QueryParam("text") @Nullable
                    String text,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (text != null && (text.length() > 254 || text.indexOf('\0') >= 0)) {
            String detail = "Must be text of at most 254 characters.";
            throw new Refusal.Malformed(
                    "invalid", "A parameter cannot be understood.", new Problem.FieldError("?text", "invalid", detail));
        }
        return accounts.list(text, cursor, limit).map(View::of);
    }

    /// Makes a user an administrator.
    @PUT
    @Path("{id}/administrator")
    @Operation(
            operationId = "makeAdministrator",
            summary = "Make a user an administrator",
            description = "The user's sessions end, and the role counts from the next sign-in on.")
    @APIResponse(responseCode = "204", description = "The user is an administrator")
    public void makeAdministrator(@PathParam("id") UUID id) {
        accounts.makeAdministrator(caller.get(), new User.Id(id));
    }

    /// Takes the role of administrator from a user.
    @DELETE
    @Path("{id}/administrator")
    @Operation(
            operationId = "unmakeAdministrator",
            summary = "Take the role of administrator from a user",
            description = "The user's sessions end. One administrator always stays.")
    @ProblemCodes("409 last-administrator")
    @APIResponse(responseCode = "204", description = "The user is no administrator")
    public void unmakeAdministrator(@PathParam("id") UUID id) {
        accounts.unmakeAdministrator(caller.get(), new User.Id(id));
    }

    /// Closes an account.
    @PUT
    @Path("{id}/closure")
    @Operation(
            operationId = "closeAccount",
            summary = "Close an account",
            description = "It cannot sign in, and its sessions and tokens end within a second. Memberships and"
                    + " assignments stay.")
    @ProblemCodes("409 last-administrator")
    @APIResponse(responseCode = "204", description = "The account is closed")
    public void close(@PathParam("id") UUID id) {
        accounts.close(caller.get(), new User.Id(id));
    }

    /// Reopens a closed account.
    @DELETE
    @Path("{id}/closure")
    @Operation(
            operationId = "reopenAccount",
            summary = "Reopen a closed account",
            description = "Its user signs in with the password that it had.")
    @APIResponse(responseCode = "204", description = "The account is open")
    public void reopen(@PathParam("id") UUID id) {
        accounts.reopen(caller.get(), new User.Id(id));
    }

    /// Creates a password reset; its secret is shown only in this response.
    @POST
    @Path("{id}/password-reset")
    @Operation(
            operationId = "createPasswordReset",
            summary = "Create a link by which a user takes a new password; its secret is shown this once",
            description = "It works once, within an hour, and ends an earlier one. The link is yours to send.")
    @ProblemCodes("409 account-closed, already-done")
    @APIResponse(
            responseCode = "201",
            description = "The reset with its secret",
            content = @Content(schema = @Schema(implementation = NewReset.class)))
    public Response createReset(@PathParam("id") UUID id, @HeaderParam("Idempotency-Key") @Nullable String key) {
        Caller user = caller.get();
        String path = "/api/users/" + id + "/password-reset";
        return idempotency.onceWithSecret(
                user,
                key,
                "POST " + path,
                "",
                () -> path,
                made -> Response.created(URI.create(made))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .entity(NewReset.of(resets.create(user, new User.Id(id))))
                        .build());
    }

    /// Ends all sessions and personal access tokens of a user.
    @DELETE
    @Path("{id}/sessions")
    @Operation(
            operationId = "endSessions",
            summary = "End all sessions and personal access tokens of a user",
            description = "They end within a second. The user has to sign in again everywhere.")
    @APIResponse(responseCode = "204", description = "They have ended")
    public void endSessions(@PathParam("id") UUID id) {
        accounts.endSessions(caller.get(), new User.Id(id));
    }

    /// A newly created password reset.
    ///
    /// @param secret of the link, as in /reset#tarn_rst_…; shown only once
    @Schema(name = "NewPasswordReset")
    public record NewReset(UUID id, UUID userId, Instant expiresAt, String secret) {

        static NewReset of(PasswordResets.CreatedReset created) {
            PasswordReset reset = created.reset();
            return new NewReset(
                    reset.id().value(),
                    reset.user().value(),
                    reset.expiresAt(),
                    created.secret().value().value());
        }

        @Override
        public String toString() {
            return "NewPasswordReset[" + id + ", ***]";
        }
    }

    /// An account as administrators see it.
    ///
    /// @param administrator whether the account administers this Tarn
    /// @param closedAt when it was closed; null while it can sign in
    /// @param lastSeenAt when it was last used, to the minute; null when never or long ago
    @Schema(name = "Account")
    public record View(
            UUID id,
            String name,
            String email,
            boolean administrator,
            @Nullable Instant closedAt,
            @Nullable Instant lastSeenAt,
            Instant createdAt) {

        static View of(Account account) {
            User user = account.user();
            return new View(
                    user.id().value(),
                    user.profile().name(),
                    user.email().value(),
                    user.administrator(),
                    user.closedAt(),
                    account.lastSeenAt(),
                    user.createdAt());
        }
    }
}
