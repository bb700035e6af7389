package tarn.identity;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/// The revocations that gateways poll, at most ten minutes old.
@Singleton
final class Revocations {

    private final RevocationStore store;
    private final Clock clock;

    Revocations(RevocationStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Revocations after a sequence number.
    List<Revocation> after(long seq) {
        return store.after(seq, clock.instant().minus(Revocation.TOLD));
    }
}
