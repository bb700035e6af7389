package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits until a condition holds, polling every 20 ms.
public final class Eventually {

    private Eventually() {}

    /// @throws AssertionError when the condition does not hold within the time
    public static void within(Duration time, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        boolean holds = condition.getAsBoolean();
        while (!holds && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            holds = condition.getAsBoolean();
        }
        assertThat(holds).as("holds within %s", time).isTrue();
    }
}
