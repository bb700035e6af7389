package tarn.identity;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tarn.platform.Secret;

/// Which refresh token follows which: always the same one (HMAC-SHA256 under a key derived from this
/// Tarn's secret), so that two who exchange a token at once get one successor and not two chains, of
/// which one could be a thief's.
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

    /// The first of a chain.
    static OpaqueSecret first() {
        return OpaqueSecret.fresh(PREFIX);
    }

    /// The one after this.
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
