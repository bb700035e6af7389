package tarn.identity;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// The token that the first account needs where others than the operator can reach Tarn. Only its
/// hash is kept; later accounts need none.
@Singleton
final class SetupToken {

    private final byte @Nullable [] hash;

    /// @param token not needed when empty
    SetupToken(@ConfigProperty(name = "tarn.setup.token") Optional<String> token) {
        this.hash = token.map(SetupToken::hash).orElse(null);
    }

    /// @throws Refusal.Forbidden when it is needed and is another one, or none
    void require(@Nullable String token) {
        if (hash != null && (token == null || !MessageDigest.isEqual(hash, hash(token)))) {
            throw new Refusal.Forbidden(
                    "setup-token-required",
                    token == null
                            ? "The first account needs the set-up link: open the one that ./tarn up printed."
                            : "This set-up link is not the right one: open the one that ./tarn up printed last.");
        }
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
