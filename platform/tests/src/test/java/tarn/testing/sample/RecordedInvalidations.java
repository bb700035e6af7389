package tarn.testing.sample;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tarn.platform.bus.CacheInvalidation;

/// A follower that remembers what it heard.
@Singleton
final class RecordedInvalidations {

    private final List<CacheInvalidation> all = new CopyOnWriteArrayList<>();

    void hear(@Observes(during = TransactionPhase.AFTER_SUCCESS) CacheInvalidation invalidation) {
        all.add(invalidation);
    }

    List<CacheInvalidation> all() {
        return List.copyOf(all);
    }
}
