package tarn.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import tarn.platform.Secret;

/// What a client holds to prove who it is: 256 random bits, of which only the SHA-256 is kept. So
/// many bits need no slow hash.
///
/// @param value what the client is given, once
record OpaqueSecret(Secret value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /// @param prefix by which scanners for leaked secrets know it; may be empty
    static OpaqueSecret fresh(String prefix) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new OpaqueSecret(
                new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    /// What a user presents.
    static OpaqueSecret presented(String text) {
        return new OpaqueSecret(new Secret(text));
    }

    /// What is kept of it, and found by.
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.value().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
