package tarn.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import tarn.platform.event.FeedLag;
import tarn.platform.service.Routes;

/// Measures every 15 s how far each consumer of the catalogue is behind, whether or not it is
/// running; metrics are NaN while that is unknown.
///
/// A consumer whose cursor is not in the worker's schema counts from the first event on.
@Singleton
final class FeedLagMeter {

    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Logger LOG = Logger.getLogger(FeedLagMeter.class);

    private final CursorStore cursors;
    private final Routes routes;
    private final MeterRegistry metrics;
    private final Map<String, FeedLag> lags = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    FeedLagMeter(CursorStore cursors, Routes routes, MeterRegistry metrics) {
        this.cursors = cursors;
        this.routes = routes;
        this.metrics = metrics;
    }

    void begin() {
        for (String consumer : routes.services().consumers()) {
            gauge("tarn.feed.lag", "seconds", consumer, "Age of the oldest event not handled", FeedLag::seconds);
            gauge("tarn.feed.lag.events", "events", consumer, "Events not handled", FeedLag::events);
        }
        Thread.ofVirtual().name("feed-lag").start(this::run);
    }

    private void gauge(String name, String unit, String consumer, String description, ToDoubleFunction<FeedLag> value) {
        Gauge.builder(name, lags, all -> {
                    FeedLag lag = all.get(consumer);
                    return lag == null ? Double.NaN : value.applyAsDouble(lag);
                })
                .baseUnit(unit)
                .tag("consumer", consumer)
                .description(description)
                .register(metrics);
    }

    void end() {
        stopped.countDown();
    }

    private void run() {
        try {
            do {
                measure();
            } while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /// Measures all consumers once.
    void measure() {
        for (String consumer : routes.services().consumers()) {
            try {
                lags.put(consumer, cursors.lags().of(consumer));
            } catch (RuntimeException unknown) {
                lags.remove(consumer);
                LOG.debugf(unknown, "How far the consumer %s is behind is unknown", consumer);
            }
        }
    }
}
