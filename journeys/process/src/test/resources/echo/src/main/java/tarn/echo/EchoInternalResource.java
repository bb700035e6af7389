package tarn.echo;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// What only services may ask.
@Path("/internal/echo")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("service:echo")
public final class EchoInternalResource {

    private final EchoStore store;

    EchoInternalResource(EchoStore store) {
        this.store = store;
    }

    /// Counts what is kept.
    @GET
    @Path("count")
    public Count count() {
        return new Count(store.echoes(), store.events());
    }

    /// How much is kept.
    public record Count(int echoes, int events) {}
}
