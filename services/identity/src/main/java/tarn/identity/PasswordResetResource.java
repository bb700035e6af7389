package tarn.identity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.identity.passwords.PasswordRules;
import tarn.platform.http.Text;
import tarn.platform.problem.ProblemCodes;

/// A new password by a reset link, over HTTP.
@Path("/api/password-resets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Users")
public final class PasswordResetResource {

    private final PasswordResets resets;

    PasswordResetResource(PasswordResets resets) {
        this.resets = resets;
    }

    /// Takes a new password.
    @POST
    @PermitAll
    @Operation(
            operationId = "resetPassword",
            summary = "Take a new password with the secret of a reset link",
            description = "It works once, within an hour. All sessions of the account end, and tokens if asked for.")
    @ProblemCodes({"409 reset-ended", "422 weak-password"})
    @APIResponse(responseCode = "204", description = "The new password counts")
    public void use(@NotNull @Valid Draft draft, @Context HttpServerRequest request) {
        resets.use(
                OpaqueSecret.presented(draft.secret()),
                draft.password(),
                Boolean.TRUE.equals(draft.endTokens()),
                Devices.of(request));
    }

    /// Whether a reset link can still be used, for any holder of the link.
    @POST
    @Path("preview")
    @PermitAll
    @Operation(
            operationId = "previewPasswordReset",
            summary = "See whether a reset link can still be used, without using it",
            description = "For everybody who has the link, signed in or not.")
    @ProblemCodes("409 reset-ended")
    @APIResponse(
            responseCode = "200",
            description = "The link can be used",
            content = @Content(schema = @Schema(implementation = Preview.class)))
    public Preview preview(@NotNull @Valid Presented presented) {
        return new Preview(
                resets.live(OpaqueSecret.presented(presented.secret())).expiresAt());
    }

    /// The secret of a reset link.
    @Schema(name = "PasswordResetSecret")
    public record Presented(
            @NotNull @Text(min = 1, max = 200) String secret) {

        @Override
        public String toString() {
            return "PasswordResetSecret[***]";
        }
    }

    /// A reset link that can still be used.
    @Schema(name = "PasswordResetPreview")
    public record Preview(Instant expiresAt) {}

    /// A new password.
    @Schema(name = "PasswordResetDraft")
    public record Draft(
            @NotNull @Text(min = 1, max = 200) String secret,

            @NotNull
            @Text(max = PasswordRules.MAX_LENGTH)
            @Schema(minLength = PasswordRules.LEAST, maxLength = PasswordRules.MAX_LENGTH)
            String password,

            @Schema(description = "Whether all personal access tokens are revoked too") @Nullable
            Boolean endTokens) {

        @Override
        public String toString() {
            return "PasswordResetDraft[***]";
        }
    }
}
