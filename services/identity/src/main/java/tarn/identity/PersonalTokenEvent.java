package tarn.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened to a personal token. Holds neither secret nor name.
sealed interface PersonalTokenEvent {

    /// The name under which followers know it.
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
