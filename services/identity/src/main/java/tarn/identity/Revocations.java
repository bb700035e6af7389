package tarn.identity;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/// What gateways ask for each second: which credentials have ended.
@Singleton
final class Revocations {

    private final RevocationStore store;
    private final Clock clock;

    Revocations(RevocationStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Those after a number, as long as access tokens made from them may live.
    List<Revocation> after(long seq) {
        return store.after(seq, clock.instant().minus(Revocation.TOLD));
    }
}
