package tarn.tasks;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// What only Tarn's own services may ask. The gateway lets none of it in from outside.
@Path("/internal/memberships")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("service")
public final class InternalResource {

    private final Members members;

    InternalResource(Members members) {
        this.members = members;
    }

    /// Takes a person out of every project.
    @DELETE
    @Path("{userId}")
    @Operation(hidden = true)
    public void removeEverywhere(@PathParam("userId") UUID user) {
        members.removeEverywhere(user);
    }
}
