package tarn.identity;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tarn.platform.Secret;

/// Derives each refresh token from its predecessor (HMAC-SHA256 with a key from `TARN_SECRET`), so
/// that concurrent exchanges of one token give the same successor instead of two chains.
@Singleton
final class RefreshChain {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "tarn_ref_";

    private final SecretKeySpec key;

    RefreshChain(@ConfigProperty(name = "tarn.secret") String secret) {
        this.key = new SecretKeySpec(
                mac(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM), "refresh:identity"),
                ALGORITHM);
    }

    /// The first token of a chain.
    static OpaqueSecret first() {
        return OpaqueSecret.fresh(PREFIX);
    }

    /// The successor of a token.
    OpaqueSecret after(OpaqueSecret token) {
        byte[] bytes = mac(key, token.value().value());
        return new OpaqueSecret(
                new Secret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, impossible);
        }
    }
}
