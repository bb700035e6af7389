package tarn.testing.sample;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tarn.platform.service.ServiceClient;

/// Asks itself over HTTP, as one service asks another, and tells what it heard.
@Path("/api/relays")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@PermitAll
public final class RelayResource {

    private final ServiceClient services;

    RelayResource(ServiceClient services) {
        this.services = services;
    }

    @GET
    public JsonNode relay() {
        return services.to("sample").anonymously().get("/api/relays/heard", JsonNode.class);
    }

    @GET
    @Path("heard")
    public Map<String, String> heard(
            @HeaderParam("X-Request-Id") @Nullable String request,
            @HeaderParam("traceparent") @Nullable String trace,
            @HeaderParam("Tarn-Timeout") @Nullable String timeout) {
        return Map.of(
                "request", Objects.requireNonNullElse(request, "-"),
                "trace", Objects.requireNonNullElse(trace, "-"),
                "timeout", Objects.requireNonNullElse(timeout, "-"));
    }
}
