package tarn.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import tarn.identity.passwords.PasswordRules;
import tarn.platform.http.MergePatch;
import tarn.platform.http.Page;
import tarn.platform.http.Text;
import tarn.platform.http.Version;
import tarn.platform.problem.Problem;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.problem.Refusal;
import tarn.platform.security.CurrentCaller;

/// User accounts over HTTP: register, look up, change, delete.
@Path("/api/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Users")
public final class UserResource {

    /// User ids per request.
    static final int MAX_IDS = 100;

    private final Users users;
    private final UserDirectory directory;
    private final MergePatch patches;
    private final CurrentCaller caller;
    private final SessionResource.Cookie cookie;

    UserResource(
            Users users,
            UserDirectory directory,
            MergePatch patches,
            CurrentCaller caller,
            SessionResource.Cookie cookie) {
        this.users = users;
        this.directory = directory;
        this.patches = patches;
        this.caller = caller;
        this.cookie = cookie;
    }

    /// Creates an account; the first becomes administrator.
    @POST
    @PermitAll
    @Operation(
            operationId = "register",
            summary = "Make an account; the first one administers this Tarn",
            description = "Everyone may while registration is open. Where Tarn can be reached by others, the "
                    + "first account needs the set-up link.")
    @ProblemCodes({
        "403 registration-closed, setup-token-required",
        "404 not-found",
        "409 email-taken, invitation-ended",
        "422 weak-password"
    })
    @APIResponse(
            responseCode = "201",
            description = "The account",
            content = @Content(schema = @Schema(implementation = Me.class)))
    public Response register(@NotNull @Valid Draft draft, @Context HttpServerRequest request) {
        User user = users.register(
                draft.name(),
                draft.timeZone(),
                User.Email.parse(draft.email()),
                draft.password(),
                draft.setupToken(),
                draft.invitation() == null ? null : OpaqueSecret.presented(draft.invitation()),
                Devices.of(request));
        return Response.created(URI.create("/api/users/" + user.id().value()))
                .entity(Me.of(user))
                .tag(Version.tag(user.version()))
                .build();
    }

    /// The users whom the caller can see, by name.
    @GET
    @RolesAllowed("users:read")
    @Operation(
            operationId = "listUsers",
            summary = "The users whom the caller can see, by name",
            description = "Users see themselves, those they share a project with and those who accepted their "
                    + "invitations; administrators see everybody, in a session. Among these a whole e-mail "
                    + "address finds its account, part of one does not. Named by `id`, users are also found after they left a project "
                    + "that the caller is in.")
    public Page<View> list(
            @Parameter(description = "Words of the name, or a whole e-mail address") @QueryParam("text") @Nullable
                    String text,
            @Parameter(description = "Only these users; can be repeated") @QueryParam("id") List<UUID> ids,
            @Parameter(description = "Only accounts that are closed, or only those that are not")
                    @QueryParam("closed")
                    @Nullable
                    Boolean closed,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (ids.size() > MAX_IDS) {
            throw wrong("?id", "At most " + MAX_IDS + " can be asked for at once.");
        }
        if (text != null && (text.length() > 254 || text.indexOf('\0') >= 0)) {
            throw wrong("?text", "Must be text of at most 254 characters.");
        }
        return directory.search(caller.get(), text, ids, closed, cursor, limit).map(View::of);
    }

    private static Refusal wrong(String place, String detail) {
        return new Refusal.Malformed(
                "invalid", "A parameter cannot be understood.", new Problem.FieldError(place, "invalid", detail));
    }

    /// Another user's public view.
    @GET
    @Path("{id}")
    @RolesAllowed("users:read")
    @Operation(
            operationId = "readUser",
            summary = "One user, as others see them",
            description = "The name, and whether the account is closed. Users whom the caller does not find in the "
                    + "list by this id are not found here either.")
    public View user(@PathParam("id") UUID id) {
        return View.of(directory.user(caller.get(), new User.Id(id)));
    }

    /// The caller's own account.
    @GET
    @Path("me")
    @RolesAllowed("users:read")
    @Operation(
            operationId = "readMe",
            summary = "The user who asks",
            description = "With the e-mail address, which nobody else sees.")
    @APIResponse(
            responseCode = "200",
            description = "The account",
            content = @Content(schema = @Schema(implementation = Me.class)))
    public RestResponse<Me> me() {
        User user = users.self(caller.get());
        return Version.ok(Me.of(user), Version.tag(user.version()));
    }

    /// Changes the caller's profile by merge patch.
    @PATCH
    @Path("me")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed("session")
    @Operation(
            operationId = "changeMe",
            summary = "Change the caller's profile",
            description = "A merge-patch: what is not sent stays.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Profile.class)))
    @APIResponse(
            responseCode = "200",
            description = "The account",
            content = @Content(schema = @Schema(implementation = Me.class)))
    public RestResponse<Me> change(
            @NotNull ObjectNode patch, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        User user = users.change(
                caller.get(),
                Version.expected(ifMatch),
                profile -> patches.apply(Profile.of(profile), patch).profile());
        return Version.ok(Me.of(user), Version.tag(user.version()));
    }

    /// Changes the password and ends all other sessions.
    @PUT
    @Path("me/password")
    @RolesAllowed("session")
    @Operation(
            operationId = "changePassword",
            summary = "Change the password; all other sessions end, and tokens if asked for",
            description = "The session that asks stays.")
    @ProblemCodes("422 weak-password, wrong-password")
    @APIResponse(responseCode = "204", description = "Done")
    public void changePassword(@NotNull @Valid PasswordChange change, @Context HttpServerRequest request) {
        users.changePassword(
                caller.get(),
                change.currentPassword(),
                change.newPassword(),
                Boolean.TRUE.equals(change.endTokens()),
                Devices.of(request));
    }

    /// Changes the e-mail address.
    @PUT
    @Path("me/email")
    @RolesAllowed("session")
    @Operation(
            operationId = "changeEmail",
            summary = "Change the e-mail address",
            description = "From then on the user signs in with it. Sessions stay.")
    @ProblemCodes({"409 email-taken", "422 wrong-password"})
    @APIResponse(
            responseCode = "200",
            description = "The account",
            content = @Content(schema = @Schema(implementation = Me.class)))
    public RestResponse<Me> changeEmail(@NotNull @Valid EmailChange change, @Context HttpServerRequest request) {
        User user = users.changeEmail(
                caller.get(), User.Email.parse(change.email()), change.password(), Devices.of(request));
        return Version.ok(Me.of(user), Version.tag(user.version()));
    }

    /// Deletes the caller's account.
    @POST
    @Path("me/deletion")
    @RolesAllowed("session")
    @Operation(
            operationId = "deleteMe",
            summary = "Delete the caller's account",
            description = "What the user wrote stays, without the account. Projects without other members go to the "
                    + "trash.")
    @ProblemCodes({"409 last-administrator, last-owner", "422 wrong-password"})
    @APIResponse(responseCode = "204", description = "Done")
    public Response delete(@NotNull @Valid Deletion deletion, @Context HttpServerRequest request) {
        users.delete(caller.get(), deletion.password(), Devices.of(request));
        return Response.noContent().cookie(cookie.gone()).build();
    }

    /// The request to register.
    @Schema(name = "UserDraft")
    public record Draft(
            @NotNull @Text(min = 1, max = 100, name = true) @Schema(minLength = 1, maxLength = 100)
            String name,

            @NotNull @Text(min = 3, max = 254) @Schema(minLength = 3, maxLength = 254)
            String email,

            @NotNull
            @Text(max = PasswordRules.MAX_LENGTH)
            @Schema(minLength = PasswordRules.LEAST, maxLength = PasswordRules.MAX_LENGTH)
            String password,

            @Schema(
                    maxLength = 64,
                    examples = "Europe/Berlin",
                    description = "The time zone of the account, in which days begin and end; UTC when absent")
            @Text(min = 1, max = 64)
            @Nullable
            String timeZone,

            @Schema(
                    maxLength = 200,
                    description = "For the first account, when Tarn can be reached by others: from the set-up link")
            @Text(max = 200)
            @Nullable
            String setupToken,

            @Schema(
                    maxLength = 200,
                    description = "The secret of an invitation's link, which lets in also while registration is closed."
                            + " Accept it once more after signing in, to become a member of its project")
            @Text(max = 200)
            @Nullable
            String invitation) {

        @Override
        public String toString() {
            return "Draft[***]";
        }
    }

    /// The profile after the patch.
    @Schema(name = "MeDraft")
    public record Profile(
            @NotNull @Text(min = 1, max = 100, name = true) String name,

            @Schema(examples = "Europe/Berlin") @NotNull @Text(min = 1, max = 64)
            String timeZone) {

        static Profile of(User.Profile profile) {
            return new Profile(profile.name(), profile.timeZone().getId());
        }

        User.Profile profile() {
            return User.Profile.of(name, timeZone);
        }
    }

    /// The new and the current password.
    @Schema(name = "PasswordChange")
    public record PasswordChange(
            @NotNull @Text(max = PasswordRules.MAX_LENGTH) String currentPassword,

            @NotNull
            @Text(max = PasswordRules.MAX_LENGTH)
            @Schema(minLength = PasswordRules.LEAST, maxLength = PasswordRules.MAX_LENGTH)
            String newPassword,

            @Schema(description = "Whether all personal access tokens are revoked too") @Nullable
            Boolean endTokens) {

        @Override
        public String toString() {
            return "PasswordChange[***]";
        }
    }

    /// The new e-mail address, and the password that confirms it.
    @Schema(name = "EmailChange")
    public record EmailChange(
            @NotNull @Text(min = 3, max = 254) @Schema(minLength = 3, maxLength = 254)
            String email,

            @NotNull @Text(max = PasswordRules.MAX_LENGTH) String password) {

        @Override
        public String toString() {
            return "EmailChange[***]";
        }
    }

    /// The password that confirms the deletion of an account.
    @Schema(name = "Deletion")
    public record Deletion(
            @NotNull @Text(max = PasswordRules.MAX_LENGTH) String password) {

        @Override
        public String toString() {
            return "Deletion[***]";
        }
    }

    /// A user's public view.
    ///
    /// @param closed whether the account cannot sign in
    @Schema(name = "User")
    public record View(UUID id, String name, boolean closed) {

        static View of(User user) {
            return new View(user.id().value(), user.profile().name(), user.closed());
        }
    }

    /// The caller's own view.
    @Schema(name = "Me")
    public record Me(
            UUID id,
            String name,
            String email,
            boolean administrator,
            String timeZone,
            Instant createdAt,
            Instant updatedAt,
            long version) {

        static Me of(User user) {
            return new Me(
                    user.id().value(),
                    user.profile().name(),
                    user.email().value(),
                    user.administrator(),
                    user.profile().timeZone().getId(),
                    user.createdAt(),
                    user.updatedAt(),
                    user.version());
        }
    }
}
