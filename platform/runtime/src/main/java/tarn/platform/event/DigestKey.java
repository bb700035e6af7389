package tarn.platform.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tarn.platform.Secret;

/// The key of the digests of free text, as HMAC-SHA-256 uses it (RFC 2104): PostgreSQL has the hash, not the HMAC.
///
/// @param inner hashed before the text
/// @param outer hashed before the inner hash
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record DigestKey(byte[] inner, byte[] outer) {

    private static final int BLOCK = 64;

    /// @throws IllegalStateException when the key is longer than a block of the hash, or too short to be one
    static DigestKey of(Secret secret) {
        byte[] key = secret.value().getBytes(StandardCharsets.UTF_8);
        if (key.length < BLOCK / 4 || key.length > BLOCK) {
            throw new IllegalStateException("TARN_DIGEST_KEY needs 16 to 64 characters.");
        }
        return new DigestKey(padded(key, 0x36), padded(key, 0x5c));
    }

    private static byte[] padded(byte[] key, int pad) {
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        return block;
    }
}
