package tarn.worker;

import com.github.kagkarlsson.scheduler.Clock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/// The time of the database, which a test sets ahead.
@Singleton
@Alternative
@Priority(1)
final class AdvancedClock implements Clock {

    private final DatabaseClock database;
    private volatile Duration ahead = Duration.ZERO;

    AdvancedClock(DatabaseClock database) {
        this.database = database;
    }

    @Override
    public Instant now() {
        return database.now().plus(ahead);
    }

    /// It goes on from there.
    void set(Instant time) {
        ahead = Duration.between(database.now(), time);
    }

    void reset() {
        ahead = Duration.ZERO;
    }
}
