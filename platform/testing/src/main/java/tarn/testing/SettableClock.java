package tarn.testing;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// A thread-safe UTC clock that stands still until a test moves it.
///
/// A service's tests select it with `quarkus.arc.selected-alternatives=tarn.testing.SettableClock`
/// in `src/test/resources/application.properties`, then inject it.
@Singleton
@Alternative
public final class SettableClock extends Clock {

    private volatile Instant now;

    /// Starts at the current time in microseconds, PostgreSQL's resolution.
    public SettableClock() {
        this(Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private SettableClock(Instant start) {
        this.now = start;
    }

    /// A clock at this timestamp.
    public static SettableClock at(Instant start) {
        return new SettableClock(start);
    }

    /// A clock at a timestamp as in `2026-01-31T12:00:00Z`.
    public static SettableClock at(String start) {
        return at(Instant.parse(start));
    }

    /// Moves the clock forward, or back by a negative duration.
    ///
    /// @return the new time
    public synchronized Instant advance(Duration duration) {
        now = now.plus(duration);
        return now;
    }

    /// Sets the clock.
    public synchronized void set(Instant timestamp) {
        now = timestamp;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /// Only UTC: time zones belong to the domain.
    @Override
    public Clock withZone(ZoneId zone) {
        if (zone.getRules().equals(getZone().getRules())) {
            return this;
        }
        throw new UnsupportedOperationException("This clock is in UTC: use atZone(..) on what it tells.");
    }
}
