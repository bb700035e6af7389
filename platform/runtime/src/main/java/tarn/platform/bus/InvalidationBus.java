package tarn.platform.bus;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Publishes cache invalidations within this process, once the transaction that sent them has
/// committed.
///
/// Subscribe with a parameter `@Observes(during = TransactionPhase.AFTER_SUCCESS)
/// CacheInvalidation`. Services in other processes receive nothing, so every cache also needs a
/// maximum age.
@Singleton
public final class InvalidationBus {

    private final Event<CacheInvalidation> invalidations;

    InvalidationBus(Event<CacheInvalidation> invalidations) {
        this.invalidations = invalidations;
    }

    /// Delivers an invalidation to all subscribers: when the current transaction commits, or now without
    /// one.
    public void publish(CacheInvalidation invalidation) {
        invalidations.fire(invalidation);
    }
}
