package tarn.platform;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/// Where time comes from: everything that needs the hour asks for a [Clock].
final class Time {

    /// UTC at the resolution PostgreSQL stores, so that a timestamp read back equals the one written.
    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
