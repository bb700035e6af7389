package tarn.platform;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/// Creates time-ordered UUIDs, version 7 of RFC 9562 (48 bits of Unix milliseconds, 74 random
/// bits), which keep rows inserted together adjacent in an index.
public final class Uuid7 {

    private static final SecureRandom RANDOM = new SecureRandom();

    /// Drawn in one call, because a second call would double the cost.
    private static final int RANDOM_BYTES = Short.BYTES + Long.BYTES;

    private Uuid7() {}

    /// A new identifier that carries the clock's present millisecond.
    public static UUID next(Clock clock) {
        return at(clock.instant());
    }

    /// A new identifier that carries the given timestamp, to the millisecond.
    public static UUID at(Instant timestamp) {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        ByteBuffer random = ByteBuffer.wrap(bytes);
        long high = (timestamp.toEpochMilli() << 16) | 0x7000L | (random.getShort() & 0xFFFL);
        long low = (random.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
