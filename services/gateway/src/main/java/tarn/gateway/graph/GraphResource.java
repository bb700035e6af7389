package tarn.gateway.graph;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import tarn.platform.service.ServiceClient;

/// GraphQL over HTTP by the GraphQL-over-HTTP draft: POST with JSON.
///
/// Clients that accept [#MEDIA_TYPE] get 400 for an invalid or too large query, others 200 with
/// `errors`. A query that is not executed, as when too many wait, gets a problem as in REST.
@Path("/graphql")
@RunOnVirtualThread
@RolesAllowed("**")
public final class GraphResource {

    /// Response media type for clients that accept it.
    static final String MEDIA_TYPE = "application/graphql-response+json";

    private final Graph graph;
    private final QueryConcurrencyLimit concurrency;
    private final GraphMemory memory;
    private final ServiceClient services;
    private final SecurityIdentity identity;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    GraphResource(
            Graph graph,
            QueryConcurrencyLimit concurrency,
            GraphMemory memory,
            ServiceClient services,
            SecurityIdentity identity) {
        this.graph = graph;
        this.concurrency = concurrency;
        this.memory = memory;
        this.services = services;
        this.identity = identity;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Response answer(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("Accept") @Nullable String accept,
            @HeaderParam("X-Request-Id") @Nullable String requestId,
            @Valid @NotNull GraphRequest request) {
        ExecutionResult result;
        try (GraphMemory.Room room = memory.room()) {
            Loaders loaders = new Loaders(services, authorization, identity.hasRole("users:read"), threads, room);
            result = concurrency.take(
                    identity.getPrincipal().getName(),
                    () -> graph.answer(
                            request.query(),
                            request.operationName(),
                            request.variables() == null ? Map.of() : request.variables(),
                            loaders));
        }
        boolean knows = accept != null && accept.contains(MEDIA_TYPE);
        return Response.status(knows && !result.isDataPresent() ? 400 : 200)
                .type(knows ? MEDIA_TYPE : MediaType.APPLICATION_JSON)
                .entity(body(result, requestId))
                .build();
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    private static Map<String, Object> body(ExecutionResult result, @Nullable String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!result.getErrors().isEmpty()) {
            body.put(
                    "errors",
                    result.getErrors().stream()
                            .map(error -> error(error, requestId))
                            .toList());
        }
        if (result.isDataPresent()) {
            body.put("data", result.getData());
        }
        return body;
    }

    /// An error with its code and the request id.
    private static Map<String, Object> error(GraphQLError error, @Nullable String requestId) {
        Map<String, Object> extensions =
                new LinkedHashMap<>(error.getExtensions() == null ? Map.of() : error.getExtensions());
        extensions.remove("classification");
        extensions.putIfAbsent("code", "query-invalid");
        extensions.putIfAbsent("status", 400);
        if (requestId != null) {
            extensions.put("traceId", requestId);
        }
        Map<String, Object> shown = new LinkedHashMap<>(error.toSpecification());
        shown.put("extensions", extensions);
        return shown;
    }

    /// A GraphQL request.
    ///
    /// @param operationName selects one of several operations
    /// @param extensions ignored
    @JsonIgnoreProperties(ignoreUnknown = true)
    record GraphRequest(
            @NotNull String query,
            @Nullable String operationName,
            @Nullable Map<String, Object> variables,
            @Nullable Map<String, Object> extensions) {}
}
