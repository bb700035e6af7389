package tarn.standalone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tarn.platform.Secret;

/// Every password and key of this installation, derived from its one secret, so that there is one
/// thing to keep and to back up.
///
/// @param root the secret itself
record Secrets(Secret root) {

    private static final String ALGORITHM = "HmacSHA256";

    /// The password of a database role: a service's runtime role, or the embedded server's own.
    Secret database(String name) {
        return derived("database:" + name);
    }

    /// What a service shows identity to say who it is.
    Secret key(String service) {
        return derived("service:" + service);
    }

    /// What identity seals its private keys with.
    Secret seal() {
        return derived("seal:identity");
    }

    /// What digests of free text in events are keyed with.
    Secret digest() {
        return derived("digest:events");
    }

    private Secret derived(String purpose) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(root.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return new Secret(HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, impossible);
        }
    }
}
