package tarn.testing.sample;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tarn.platform.bus.Signal;

/// A follower that remembers what it heard.
@Singleton
final class HeardSignals {

    private final List<Signal> all = new CopyOnWriteArrayList<>();

    void hear(@Observes(during = TransactionPhase.AFTER_SUCCESS) Signal signal) {
        all.add(signal);
    }

    List<Signal> all() {
        return List.copyOf(all);
    }
}
