package tarn.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import tarn.platform.Secret;

/// A bearer secret of 256 random bits, stored only as SHA-256: with so much entropy no slow hash is
/// needed.
///
/// @param value given to the client once
record OpaqueSecret(Secret value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /// @param prefix by which secret scanners recognise it; may be empty
    static OpaqueSecret fresh(String prefix) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new OpaqueSecret(
                new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    /// A secret as sent by a client.
    static OpaqueSecret presented(String text) {
        return new OpaqueSecret(new Secret(text));
    }

    /// The SHA-256 that is stored and searched.
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.value().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
