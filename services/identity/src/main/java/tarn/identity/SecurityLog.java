package tarn.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;

/// Writes the security log: at most 20 lines a second and address, further events of that second
/// as one line a kind with their number.
///
/// Events of a transaction count when it has committed. They wait in memory, 2,000 at most, for a
/// thread that writes them every 200 ms in a transaction of their own, so that no request waits for
/// the log or fails with it.
@Singleton
final class SecurityLog {

    /// Lines per second and address.
    static final int MAX_LINES = 20;

    private static final Logger LOG = Logger.getLogger(SecurityLog.class);
    private static final int MAX_WAITING = 2_000;
    private static final int MAX_ADDRESSES = 10_000;
    private static final int BATCH = 200;
    private static final Duration EVERY = Duration.ofMillis(200);

    /// What came from one address within one second.
    private static final class Burst {
        private final long second;
        private int lines;
        private final Map<SecurityEvent.EventKind, Integer> more = new EnumMap<>(SecurityEvent.EventKind.class);

        Burst(long second) {
            this.second = second;
        }
    }

    private final SecurityEventStore store;
    private final Event<SecurityEvent> events;
    private final Clock clock;
    private final Cache<String, Burst> bursts =
            Caffeine.newBuilder().maximumSize(MAX_ADDRESSES).build();
    private final BlockingQueue<SecurityEvent> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("identity-security-log").daemon().factory());

    SecurityLog(SecurityEventStore store, Event<SecurityEvent> events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /// Adds an event of the current request.
    void append(SecurityEvent.EventKind kind, SecurityEvent.Subject subject, @Nullable String reason) {
        append(kind, subject, reason, Devices.current().address(), 1);
    }

    /// Adds events of one kind of the current request.
    void append(SecurityEvent.EventKind kind, SecurityEvent.Subject subject, @Nullable String reason, int count) {
        append(kind, subject, reason, Devices.current().address(), count);
    }

    /// Adds events of one kind and address.
    void append(
            SecurityEvent.EventKind kind,
            SecurityEvent.Subject subject,
            @Nullable String reason,
            String address,
            int count) {
        events.fire(new SecurityEvent(
                Uuid7.next(clock), kind, clock.instant(), subject.user(), subject.actor(), address, reason, count));
    }

    void take(@Observes(during = TransactionPhase.AFTER_SUCCESS) SecurityEvent event) {
        if (admits(event) && !waiting.offer(event)) {
            LOG.warnf("The security log is full: %s is not written", event.kind());
        }
    }

    private boolean admits(SecurityEvent event) {
        synchronized (bursts) {
            String key = new Device(event.address(), "").neighbourhood();
            long second = event.occurredAt().getEpochSecond();
            Burst burst = bursts.getIfPresent(key);
            if (burst == null || burst.second < second) {
                if (burst != null) {
                    offerRest(key, burst);
                }
                burst = new Burst(second);
                bursts.put(key, burst);
            }
            if (burst.lines < MAX_LINES) {
                burst.lines++;
                return true;
            }
            burst.more.merge(event.kind(), event.count(), Integer::sum);
            return false;
        }
    }

    private void offerRest(String address, Burst burst) {
        burst.more.forEach((kind, count) -> {
            var _ = waiting.offer(new SecurityEvent(
                    Uuid7.next(clock), kind, Instant.ofEpochSecond(burst.second), null, null, address, null, count));
        });
        burst.more.clear();
    }

    void begin(@Observes StartupEvent event) {
        var _ = timer.scheduleWithFixedDelay(this::write, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void end(@Observes ShutdownEvent event) {
        timer.shutdownNow();
        write();
    }

    /// Writes what waits.
    synchronized void write() {
        synchronized (bursts) {
            long now = clock.instant().getEpochSecond();
            bursts.asMap().forEach((address, burst) -> {
                if (burst.second < now) {
                    offerRest(address, burst);
                }
            });
            bursts.asMap().values().removeIf(burst -> burst.second < now);
        }
        List<SecurityEvent> batch = new ArrayList<>();
        while (waiting.drainTo(batch, BATCH) > 0) {
            try {
                store.insert(batch);
            } catch (RuntimeException failure) {
                LOG.warn("The security log cannot be written; it is tried again", failure);
                batch.forEach(event -> {
                    var _ = waiting.offer(event);
                });
                return;
            }
            batch.clear();
        }
    }
}
