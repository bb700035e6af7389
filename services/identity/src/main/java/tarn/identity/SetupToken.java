package tarn.identity;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Guards the creation of the first account by a one-time token (`TARN_SETUP_TOKEN`) on
/// installations that others can reach; only its hash is kept.
@Singleton
final class SetupToken {

    private final RegistrationStore store;
    private final byte @Nullable [] hash;

    /// @param token empty when not required
    SetupToken(@ConfigProperty(name = "tarn.setup.token") Optional<String> token, RegistrationStore store) {
        this.store = store;
        this.hash = token.map(SetupToken::hash).orElse(null);
    }

    /// @throws Refusal.Forbidden when the token is required and missing, wrong or used
    void require(@Nullable String token) {
        if (hash == null) {
            return;
        }
        if (token == null) {
            throw refusal("The first account needs the set-up link: open the one that ./tarn up printed.");
        }
        if (!MessageDigest.isEqual(hash, hash(token))) {
            throw refusal("This set-up link is not the right one: open the one that ./tarn up printed last.");
        }
        if (store.usedSetupToken().equals(Optional.of(HexFormat.of().formatHex(hash)))) {
            throw refusal("This set-up link has been used. Start Tarn again for another one, or with another"
                    + " TARN_SETUP_TOKEN where that is set.");
        }
    }

    /// Marks the token as used.
    void useUp() {
        if (hash != null) {
            store.putUsedSetupToken(HexFormat.of().formatHex(hash));
        }
    }

    private static Refusal refusal(String detail) {
        return new Refusal.Forbidden("setup-token-required", detail);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
