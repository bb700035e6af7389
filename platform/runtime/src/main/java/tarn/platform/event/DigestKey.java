package tarn.platform.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tarn.platform.Secret;

/// The two pads of an HMAC-SHA-256 key (RFC 2104) for digests of free text, because PostgreSQL
/// offers the hash but not the HMAC.
///
/// @param inner hashed before the text
/// @param outer hashed before the inner hash
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record DigestKey(byte[] inner, byte[] outer) {

    private static final int BLOCK = 64;

    /// @throws IllegalStateException unless the key has 16 to 64 bytes
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
