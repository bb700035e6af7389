package tarn.echo;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import tarn.platform.Uuid7;
import tarn.platform.security.CurrentCaller;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Echoes.
@Path("/api/echoes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("session")
public final class EchoResource {

    private final EchoStore store;
    private final ServiceClient services;
    private final CurrentCaller caller;
    private final Clock clock;

    EchoResource(EchoStore store, ServiceClient services, CurrentCaller caller, Clock clock) {
        this.store = store;
        this.services = services;
        this.caller = caller;
        this.clock = clock;
    }

    /// Keeps a text and writes its event.
    @POST
    public Echo create(@NotNull @Valid Draft draft) {
        UUID id = Uuid7.next(clock);
        store.create(id, draft.text(), caller.get().id());
        return new Echo(id, draft.text());
    }

    /// Counts by way of the internal path, as another service would.
    @GET
    public EchoInternalResource.Count count() {
        return services.to("echo")
                .within(CallTimeout.NEEDED)
                .get("/internal/echo/count", EchoInternalResource.Count.class);
    }

    /// What is sent.
    public record Draft(@NotNull String text) {}

    /// What is kept.
    public record Echo(UUID id, String text) {}
}
