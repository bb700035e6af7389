package tarn.testing.sample;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tarn.platform.bus.Invalidation;

/// A follower that remembers what it heard.
@Singleton
final class RecordedInvalidations {

    private final List<Invalidation> all = new CopyOnWriteArrayList<>();

    void hear(@Observes(during = TransactionPhase.AFTER_SUCCESS) Invalidation invalidation) {
        all.add(invalidation);
    }

    List<Invalidation> all() {
        return List.copyOf(all);
    }
}
