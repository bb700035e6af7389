package tarn.worker;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.platform.connection.ClientConnection;
import tarn.platform.problem.Problem;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.problem.Refusal;
import tarn.platform.security.CurrentCaller;

/// Live streams of changes in the caller's projects over HTTP, as server-sent events.
@Path("/api/live")
@Tag(name = "live")
@RunOnVirtualThread
public final class LiveResource {

    /// Projects that one client shows at the same time.
    static final int MAX_PROJECTS = 8;

    private final LiveStreams streams;
    private final CurrentCaller caller;
    private final CurrentVertxRequest request;

    LiveResource(LiveStreams streams, CurrentCaller caller, CurrentVertxRequest request) {
        this.streams = streams;
        this.caller = caller;
        this.request = request;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "followChanges",
            summary = "Follow what changes in one's projects while it changes",
            description = """
                    Server-sent events, as `EventSource` of browsers reads them. An event says which row has \
                    changed, not what it says now: that is read as usual.

                    | event | data | meaning |
                    |---|---|---|
                    | `ready` | `{}` | first of a stream that begins now, or goes on after `Last-Event-ID` |
                    | `reset` | `{}` | first when that position is too old: read everything anew |
                    | `change` | `type`, `resource`, `id`, `project`, `version`, `by` | what has happened, as in \
                    `task.completed`; the row, its project, its version (null when it has none) and who did it |
                    | `access` | `project` | one's own membership of this project began, changed or ended |
                    | `presence` | `project`, `users` | who looks at a project that this client looks at |

                    The `id` of an event is its position: sent back as `Last-Event-ID`, the stream goes on after it. \
                    An event may come twice then. A comment comes every 15 seconds when there is nothing else; \
                    an `id` without an event after it is the position so far.

                    A user may have 6 streams. A stream ends with its session or token, and when its client does not \
                    read it.""")
    @ProblemCodes("400 bad-position")
    @APIResponse(
            responseCode = "200",
            description = "The stream, which does not end by itself",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.STRING, description = "Server-sent events.")))
    public void follow(
            @Parameter(description = "Projects that this client shows, whose members are told who looks at them.")
                    @QueryParam("lookingAt")
                    List<UUID> lookingAt,
            @Parameter(description = "The position after which to go on.") @HeaderParam("Last-Event-ID") @Nullable
                    String lastEventId,
            @Context SseEventSink sink) {
        if (lookingAt.size() > MAX_PROJECTS) {
            throw new Refusal.Malformed(
                    "invalid",
                    "A parameter cannot be understood.",
                    new Problem.FieldError("?lookingAt", "too-many", "At most " + MAX_PROJECTS + " projects."));
        }
        LivePosition from = lastEventId == null || lastEventId.isEmpty() ? null : LivePosition.parse(lastEventId);
        RoutingContext context = request.getCurrent();
        if (context.request().method().equals(HttpMethod.HEAD)) {
            sink.close();
            return;
        }
        LiveStream stream = streams.open(caller.get().id(), Set.copyOf(lookingAt), output(context, sink));
        begin(stream, from, context);
    }

    /// A client may have gone before this: its response tells nobody then.
    private void begin(LiveStream stream, @Nullable LivePosition from, RoutingContext context) {
        try {
            context.addEndHandler(_ -> Thread.ofVirtual().name("live-end").start(() -> streams.close(stream)));
            if (stream.isOver()) {
                streams.close(stream);
            } else {
                streams.begin(stream, from);
            }
        } catch (RuntimeException | Error failure) {
            // What has failed is still to be answered.
            streams.remove(stream);
            throw failure;
        }
    }

    private static LiveStream.Output output(RoutingContext context, SseEventSink sink) {
        HttpServerResponse response = context.response();
        ClientConnection client = new ClientConnection(context.request().connection());
        return new LiveStream.Output(
                text -> write(response, text), () -> end(response, sink, client), () -> isOver(response));
    }

    private static CompletionStage<Void> write(HttpServerResponse response, String text) {
        try {
            if (!response.headWritten()) {
                response.setChunked(true)
                        .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS)
                        .putHeader("X-Accel-Buffering", "no");
            }
            return response.write(text).toCompletionStage();
        } catch (IllegalStateException over) {
            return CompletableFuture.failedStage(over);
        }
    }

    private static void end(HttpServerResponse response, SseEventSink sink, ClientConnection client) {
        if (isOver(response)) {
            return;
        }
        try {
            sink.close();
            client.closeIfUnread();
        } catch (IllegalStateException over) {
            // Ended at the same time.
        }
    }

    private static boolean isOver(HttpServerResponse response) {
        return response.ended() || response.closed();
    }
}
