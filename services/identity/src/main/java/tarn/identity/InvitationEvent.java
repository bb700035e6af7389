package tarn.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event of an invitation, without its secret.
sealed interface InvitationEvent {

    /// The event type in the contract.
    String type();

    record Created(
            UUID userId, @Nullable UUID projectId, Invitation.@Nullable MemberRole role, int maxUses, Instant expiresAt)
            implements InvitationEvent {
        @Override
        public String type() {
            return "invitation.created";
        }
    }

    record Accepted(UUID userId) implements InvitationEvent {
        @Override
        public String type() {
            return "invitation.accepted";
        }
    }

    record Revoked(UUID userId) implements InvitationEvent {
        @Override
        public String type() {
            return "invitation.revoked";
        }
    }
}
