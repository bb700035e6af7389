package tarn.platform.bus;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Carries signals from who changes something to who keeps a copy of it.
///
/// A follower is a method with a parameter `@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal`: it
/// hears of a change right after the transaction that made it has committed, before its caller gets an
/// answer, and never of one that was rolled back. Signals stay within the process. Where services run apart
/// a follower hears nothing: a copy also has to end by itself, after as long as it may be out of date.
@Singleton
public final class Bus {

    private final Event<Signal> signals;

    Bus(Event<Signal> signals) {
        this.signals = signals;
    }

    /// Tells all followers: when the present transaction commits, or now when there is none.
    public void publish(Signal signal) {
        signals.fire(signal);
    }
}
