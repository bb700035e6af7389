package tarn.identity;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import tarn.platform.process.Upkeep;

/// Runs identity's maintenance jobs: snapshot events of accounts older than complete events, and
/// the columns computed from names.
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
