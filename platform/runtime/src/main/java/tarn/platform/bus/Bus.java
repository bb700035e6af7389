package tarn.platform.bus;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Publishes cache invalidation signals within this process, once the transaction that sent them
/// has committed.
///
/// Subscribe with a parameter `@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal`. Services
/// in other processes receive nothing, so every cache also needs a maximum age.
@Singleton
public final class Bus {

    private final Event<Signal> signals;

    Bus(Event<Signal> signals) {
        this.signals = signals;
    }

    /// Delivers a signal to all subscribers: when the current transaction commits, or now without
    /// one.
    public void publish(Signal signal) {
        signals.fire(signal);
    }
}
