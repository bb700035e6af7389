package tarn.identity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;

/// The security log over HTTP: for administrators, and for other users what is about their own
/// account.
@Path("/api/security-events")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Users")
public final class SecurityEventResource {

    private final SecurityEvents events;
    private final CurrentCaller caller;

    SecurityEventResource(SecurityEvents events, CurrentCaller caller) {
        this.events = events;
        this.caller = caller;
    }

    /// What has happened to accounts, newest first.
    @GET
    @RolesAllowed("session")
    @Operation(
            operationId = "listSecurityEvents",
            summary = "What has happened to accounts, the latest first",
            description = "Administrators see everything, others what is about their own account. Kept for 180 days.")
    public Page<View> list(
            @Parameter(description = "Only what is about this account") @QueryParam("user") @Nullable UUID user,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller asking = caller.get();
        return events.list(asking, user, cursor, limit).map(named -> View.of(named, asking));
    }

    /// A line of the security log.
    ///
    /// @param userId the account that it is about; null when there is none
    /// @param userName null when there is no such account any more
    /// @param actorId the user who did it; null when unknown
    /// @param actorName null when there is no such account any more
    /// @param address of the request; empty when unknown, and when another user did it, for others
    /// than administrators
    /// @param reason a word of the kind's own; null when the kind says it all
    /// @param count how many events of one second and address the line stands for
    @Schema(name = "SecurityEvent")
    public record View(
            UUID id,
            SecurityEvent.EventKind kind,
            Instant occurredAt,
            @Nullable UUID userId,
            @Nullable String userName,
            @Nullable UUID actorId,
            @Nullable String actorName,
            String address,
            @Nullable String reason,
            int count) {

        static View of(SecurityEventStore.Named named, Caller asking) {
            SecurityEvent event = named.event();
            boolean ofAnother = event.actor() != null && !event.actor().equals(asking.id()) && !asking.administrator();
            return new View(
                    event.id(),
                    event.kind(),
                    event.occurredAt(),
                    event.user(),
                    named.userName(),
                    event.actor(),
                    named.actorName(),
                    ofAnother ? "" : event.address(),
                    event.reason(),
                    event.count());
        }
    }
}
