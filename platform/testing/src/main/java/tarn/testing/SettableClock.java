package tarn.testing;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// A clock that stands still until a test moves it. Safe to use from many threads.
///
/// In a service's tests it takes the place of the real clock when `src/test/resources`'s
/// `application.properties` says `quarkus.arc.selected-alternatives=tarn.testing.SettableClock`;
/// a test then injects it and moves it.
@Singleton
@Alternative
public final class SettableClock extends Clock {

    private volatile Instant now;

    /// Stands at the present, to the microsecond: what PostgreSQL can store.
    public SettableClock() {
        this(Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private SettableClock(Instant start) {
        this.now = start;
    }

    /// A clock that stands at the given timestamp.
    public static SettableClock at(Instant start) {
        return new SettableClock(start);
    }

    /// A clock that stands at a timestamp written as in `2026-01-31T12:00:00Z`.
    public static SettableClock at(String start) {
        return at(Instant.parse(start));
    }

    /// Moves on, or back when the duration is negative.
    ///
    /// @return the new present
    public synchronized Instant advance(Duration duration) {
        now = now.plus(duration);
        return now;
    }

    /// Moves to a timestamp.
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

    /// Tarn reckons in UTC; the zone of users is a domain's matter.
    @Override
    public Clock withZone(ZoneId zone) {
        if (zone.getRules().equals(getZone().getRules())) {
            return this;
        }
        throw new UnsupportedOperationException("This clock is in UTC: use atZone(..) on what it tells.");
    }
}
