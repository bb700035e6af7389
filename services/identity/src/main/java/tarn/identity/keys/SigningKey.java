package tarn.identity.keys;

import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An RSA key pair that signs access tokens from a timestamp on.
///
/// @param id its RFC 7638 thumbprint
/// @param privateKey null when it cannot be decrypted; such a key only verifies
/// @param signsFrom when it starts to sign
record SigningKey(
        String id, RSAPublicKey publicKey, @Nullable PrivateKey privateKey, Instant createdAt, Instant signsFrom) {}
