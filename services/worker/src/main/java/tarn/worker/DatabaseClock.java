package tarn.worker;

import com.github.kagkarlsson.scheduler.Clock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The database's time, on which all workers agree whatever their own clocks say; asked for every
/// 10 s, and counted on from there.
@Singleton
final class DatabaseClock implements Clock {

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Logger LOG = Logger.getLogger(DatabaseClock.class);

    /// @param at by [System#nanoTime]
    private record TimeReading(Instant time, long at) {

        Instant now(long now) {
            return time.plusNanos(now - at);
        }
    }

    private final Supplier<Instant> database;
    private @Nullable TimeReading last;

    @Inject
    DatabaseClock(HeartbeatStore database) {
        this(database::time);
    }

    /// @param database asks for its time
    DatabaseClock(Supplier<Instant> database) {
        this.database = database;
    }

    /// @throws RuntimeException when it was never known and the database does not answer
    @Override
    public synchronized Instant now() {
        TimeReading present = last;
        if (present == null || System.nanoTime() - present.at() > FRESH.toNanos()) {
            present = reading(present);
            last = present;
        }
        return present.now(System.nanoTime());
    }

    private TimeReading reading(@Nullable TimeReading before) {
        long asked = System.nanoTime();
        try {
            return new TimeReading(database.get(), asked + (System.nanoTime() - asked) / 2);
        } catch (RuntimeException away) {
            if (before == null) {
                throw away;
            }
            LOG.debug("The database's time is counted on", away);
            return new TimeReading(before.now(asked), asked);
        }
    }
}
