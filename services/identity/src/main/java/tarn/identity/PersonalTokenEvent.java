package tarn.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event of a personal access token, without secret and name.
sealed interface PersonalTokenEvent {

    /// The event type in the contract.
    String type();

    record Created(
            UUID userId, List<String> scopes, @Nullable Instant expiresAt) implements PersonalTokenEvent {
        @Override
        public String type() {
            return "token.created";
        }
    }

    record Revoked(UUID userId) implements PersonalTokenEvent {
        @Override
        public String type() {
            return "token.revoked";
        }
    }
}
