package tarn.identity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.platform.security.CurrentCaller;

/// The registration setting over HTTP: everyone may read it, administrators change it.
@Path("/api/registration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Users")
public final class RegistrationResource {

    private final Registrations registrations;
    private final CurrentCaller caller;

    RegistrationResource(Registrations registrations, CurrentCaller caller) {
        this.registrations = registrations;
        this.caller = caller;
    }

    /// Public: whether a visitor may register.
    @GET
    @PermitAll
    @Operation(
            operationId = "readRegistration",
            summary = "Whether one may register",
            description = "Everyone may ask: the page for signing in shows what is possible.")
    public View read() {
        return View.of(registrations.now());
    }

    /// Opens or closes registration.
    @PUT
    @RolesAllowed("administrator")
    @Operation(
            operationId = "changeRegistration",
            summary = "Open or close registration",
            description = "While it is closed only the first account can be made.")
    public View change(@NotNull @Valid Draft draft) {
        return View.of(registrations.change(caller.get(), draft.open(), draft.invitations()));
    }

    /// The setting an administrator sends.
    @Schema(name = "RegistrationDraft")
    public record Draft(
            @NotNull Boolean open,

            @Schema(
                    description = "Who may invite users without an account; when not given, owners while registration"
                            + " is open and administrators while it is closed")
            RegistrationPolicy.@Nullable Inviters invitations) {}

    /// Whether a visitor may register.
    ///
    /// @param firstUser whether nobody has registered yet
    /// @param invitations who may invite users without an account
    @Schema(name = "Registration")
    public record View(boolean open, boolean firstUser, RegistrationPolicy.Inviters invitations) {

        static View of(RegistrationPolicy registration) {
            return new View(registration.open(), registration.firstUser(), registration.invitations());
        }
    }
}
