package tarn.identity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.http.Idempotency;
import tarn.platform.http.Page;
import tarn.platform.http.Text;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;

/// Invitations over HTTP: create, list, revoke, preview and accept.
@Path("/api/invitations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Invitations")
public final class InvitationResource {

    private final Invitations invitations;
    private final CurrentCaller caller;
    private final Idempotency idempotency;

    InvitationResource(Invitations invitations, CurrentCaller caller, IdentityDatabase database) {
        this.invitations = invitations;
        this.caller = caller;
        this.idempotency = database.idempotency();
    }

    /// Creates an invitation; its secret is shown only in this response.
    @POST
    @RolesAllowed("session")
    @Operation(
            operationId = "createInvitation",
            summary = "Create an invitation; the secret of its link is shown this once",
            description = "Owners invite to their projects, administrators to this Tarn. The link is yours to send.")
    @ProblemCodes({"404 not-found", "409 already-done, too-many-invitations"})
    @APIResponse(
            responseCode = "201",
            description = "The invitation with its secret",
            content = @Content(schema = @Schema(implementation = WithSecret.class)))
    public Response create(@HeaderParam("Idempotency-Key") @Nullable String key, @NotNull @Valid Draft draft) {
        Caller user = caller.get();
        return idempotency.onceWithSecret(
                user,
                key,
                "POST /api/invitations",
                draft,
                () -> invitations.prepare(
                        user,
                        draft.projectId(),
                        draft.role(),
                        draft.maxUses() == null ? 1 : draft.maxUses(),
                        draft.expiresAt()),
                prepared -> created(invitations.create(prepared)));
    }

    private static Response created(Invitations.CreatedInvitation created) {
        Invitation invitation = created.invitation();
        return Response.created(URI.create("/api/invitations/" + invitation.id().value()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(WithSecret.of(invitation, created.secret()))
                .build();
    }

    /// The caller's invitations, newest first.
    @GET
    @RolesAllowed("session")
    @Operation(
            operationId = "listInvitations",
            summary = "The caller's invitations, the latest first",
            description = "Without their secrets, which nobody can read again.")
    public Page<View> list(
            @QueryParam("project") @Nullable UUID project,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return invitations.of(caller.get(), project, cursor, limit).map(View::of);
    }

    /// Revokes an invitation.
    @DELETE
    @Path("{id}")
    @RolesAllowed("session")
    @Operation(
            operationId = "revokeInvitation",
            summary = "Revoke one of the caller's invitations; administrators can revoke any",
            description = "Its link lets nobody in any more. Who was let in before stays.")
    @APIResponse(responseCode = "204", description = "It lets nobody in any more")
    public void revoke(@PathParam("id") UUID id) {
        invitations.revoke(caller.get(), new Invitation.Id(id));
    }

    /// What an invitation offers, for any holder of its link.
    @POST
    @Path("offer")
    @PermitAll
    @Operation(
            operationId = "readInvitationOffer",
            summary = "See what an invitation offers, before accepting it",
            description = "For every user of the link, signed in or not.")
    @ProblemCodes({"404 not-found", "409 invitation-ended"})
    @APIResponse(
            responseCode = "200",
            description = "What it offers",
            content = @Content(schema = @Schema(implementation = Offer.class)))
    public Offer offer(@NotNull @Valid Presented presented) {
        return Offer.of(invitations.offer(caller.present(), OpaqueSecret.presented(presented.secret())));
    }

    /// Accepts an invitation.
    @POST
    @Path("acceptance")
    @RolesAllowed("session")
    @Operation(
            operationId = "acceptInvitation",
            summary = "Accept an invitation; done again, it completes what a fault cut off",
            description = "The caller becomes a member of the project, if the invitation names one.")
    @ProblemCodes({"404 not-found", "409 invitation-ended"})
    @APIResponse(
            responseCode = "200",
            description = "The caller has been let in",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    public Accepted accept(@NotNull @Valid Presented presented) {
        return new Accepted(invitations
                .accept(caller.get(), OpaqueSecret.presented(presented.secret()))
                .orElse(null));
    }

    /// The request for an invitation.
    @Schema(name = "InvitationDraft")
    public record Draft(
            @Schema(description = "The project that it makes a member of; only this Tarn when not given") @Nullable
            UUID projectId,

            @Schema(description = "Given exactly with a project")
            Invitation.@Nullable MemberRole role,

            @Schema(description = "How many users it may let in; one when not given")
            @Min(1)
            @Max(Invitation.MAX_USES)
            @Nullable
            Integer maxUses,

            @Schema(description = "At most a year from now; a week from now when not given") @Nullable
            Instant expiresAt) {}

    /// An invitation.
    ///
    /// @param uses number of users admitted
    @Schema(name = "InvitationView")
    public record View(
            UUID id,
            @Nullable UUID projectId,
            Invitation.@Nullable MemberRole role,
            int maxUses,
            int uses,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant revokedAt) {

        static View of(Invitation invitation) {
            return new View(
                    invitation.id().value(),
                    invitation.project(),
                    invitation.role(),
                    invitation.maxUses(),
                    invitation.uses(),
                    invitation.createdAt(),
                    invitation.expiresAt(),
                    invitation.revokedAt());
        }
    }

    /// A newly created invitation.
    ///
    /// @param secret of the link, as in /invitation#tarn_inv_…; shown only once
    @Schema(name = "NewInvitation")
    public record WithSecret(
            UUID id,
            @Nullable UUID projectId,
            Invitation.@Nullable MemberRole role,
            int maxUses,
            int uses,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            String secret) {

        static WithSecret of(Invitation invitation, OpaqueSecret secret) {
            return new WithSecret(
                    invitation.id().value(),
                    invitation.project(),
                    invitation.role(),
                    invitation.maxUses(),
                    invitation.uses(),
                    invitation.createdAt(),
                    invitation.expiresAt(),
                    invitation.revokedAt(),
                    secret.value().value());
        }

        @Override
        public String toString() {
            return "NewInvitation[" + id + ", ***]";
        }
    }

    /// The secret of an invitation's link.
    @Schema(name = "InvitationSecret")
    public record Presented(
            @NotNull @Text(min = 1, max = 200) String secret) {

        @Override
        public String toString() {
            return "InvitationSecret[***]";
        }
    }

    /// What an invitation offers.
    ///
    /// @param creatorName name of its creator
    /// @param projectName null without a project
    /// @param registers whether it admits users without an account
    @Schema(name = "InvitationOffer")
    public record Offer(
            String creatorName,
            @Nullable String projectName,
            Invitation.@Nullable MemberRole role,
            Instant expiresAt,
            boolean registers) {

        static Offer of(Invitations.Offer offer) {
            Invitation invitation = offer.invitation();
            return new Offer(
                    offer.creatorName(),
                    offer.projectName(),
                    invitation.role(),
                    invitation.expiresAt(),
                    offer.registers());
        }
    }

    /// The result of accepting an invitation.
    ///
    /// @param projectId null without a project
    @Schema(name = "InvitationAccepted")
    public record Accepted(@Nullable UUID projectId) {}
}
