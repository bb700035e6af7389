package tarn.gateway;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.security.CurrentCaller;
import tarn.platform.upload.UploadedFile;

/// Identity and tasks in the gateway's own process.
@Path("/")
@Produces("application/json")
public final class LocalServicesResource {

    private static final PretendIdentity IDENTITY = new PretendIdentity();

    private final CurrentCaller caller;

    LocalServicesResource(CurrentCaller caller) {
        this.caller = caller;
    }

    @GET
    @Path("/.well-known/jwks.json")
    @PermitAll
    public String keys() {
        return IDENTITY.keys();
    }

    @POST
    @Path("/internal/identity/service-tokens")
    @PermitAll
    public String serviceToken(@HeaderParam("Authorization") @Nullable String authorization) {
        String token = IDENTITY.serviceToken(authorization);
        if (token == null) {
            throw new Refusal.Unauthenticated("unauthenticated", "Another key.");
        }
        return token;
    }

    @POST
    @Path("/internal/identity/access-tokens")
    @RolesAllowed("service:gateway")
    public String exchange(String question) {
        String answer = IDENTITY.exchange(question);
        if (answer == null) {
            throw new Refusal.NotFound("secret");
        }
        return answer;
    }

    @GET
    @Path("/internal/identity/revocations")
    @RolesAllowed("service:gateway")
    public String revocations(@QueryParam("after") int after) {
        return IDENTITY.revocations(after);
    }

    /// How often a secret was exchanged for an access token.
    static int exchanges(String secret) {
        return IDENTITY.exchanges(secret);
    }

    /// Open until its client goes.
    @GET
    @Path("/api/live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed("session")
    public void live(@Context SseEventSink sink, @Context Sse events) {
        sink.send(events.newEvent("ready", "{}"));
    }

    @DELETE
    @Path("/api/sessions/current")
    @RolesAllowed("session")
    public void signOut(@QueryParam("secret") String secret) {
        IDENTITY.revoke(secret);
    }

    @GET
    @Path("/api/tasks")
    @RolesAllowed("session")
    public String me() {
        return '"' + caller.get().id().toString() + '"';
    }

    @GET
    @Path("/api/posts")
    @RunOnVirtualThread
    @PermitAll
    public List<String> megabyte() {
        return Collections.nCopies(1_000, "x".repeat(1_000));
    }

    @POST
    @Path("/api/projects")
    @PermitAll
    public int length(byte[] body) {
        return body.length;
    }

    @POST
    @Path("/api/imports")
    @PermitAll
    public Response imported(@Context RoutingContext context, InputStream body) throws IOException {
        return Response.created(URI.create("/api/projects/1"))
                .entity(UploadedFile.stream(context, body).transferTo(OutputStream.nullOutputStream()))
                .build();
    }
}
