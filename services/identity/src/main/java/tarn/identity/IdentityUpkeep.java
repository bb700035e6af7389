package tarn.identity;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import tarn.platform.process.Upkeep;

/// Starts identity's upkeep with the process: snapshot events of accounts that lack them, and new
/// values of columns computed from names by older rules.
@Singleton
final class IdentityUpkeep {

    private final Upkeep upkeep;

    IdentityUpkeep(UserStore users) {
        this.upkeep = new Upkeep("identity", users.snapshot()::write, users::refreshDerivedColumns);
    }

    void begin(@Observes StartupEvent event) {
        upkeep.begin();
    }

    void end(@Observes ShutdownEvent event) {
        upkeep.close();
    }
}
