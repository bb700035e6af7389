package tarn.standalone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tarn.platform.Secret;

/// Derives the database passwords, service keys and encryption keys from the installation's root
/// secret with HMAC-SHA256, so that besides the database only one secret needs a backup.
///
/// @param root the root secret
record DerivedSecrets(Secret root) {

    private static final String ALGORITHM = "HmacSHA256";

    /// The password of a database role: a service's runtime role, or the embedded server's
    /// superuser.
    Secret database(String name) {
        return derived("database:" + name);
    }

    /// The key that a service exchanges at identity for access tokens.
    Secret key(String service) {
        return derived("service:" + service);
    }

    /// The secret with which identity encrypts its private keys.
    Secret seal() {
        return derived("seal:identity");
    }

    /// The key for digests of free text in events.
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
