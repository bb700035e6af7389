package tarn.platform;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/// Produces the [Clock] that is injected wherever the current time is needed; tests replace it.
final class ClockProducer {

    /// The UTC clock in microseconds, PostgreSQL's resolution, so that a timestamp read back equals
    /// the one written.
    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
