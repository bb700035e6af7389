package tarn.identity;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.process.Upkeep;

/// Runs identity's maintenance jobs: snapshot events of accounts older than complete events,
/// and deleting expired answers.
@Singleton
final class IdentityUpkeep {

    private final Upkeep upkeep;

    IdentityUpkeep(UserStore users, IdentityDatabase database) {
        this.upkeep = new Upkeep("identity", users.snapshot()::write, database.idempotency()::deleteExpired);
    }

    void begin(@Observes StartupEvent event) {
        upkeep.begin();
    }

    void end(@Observes ShutdownEvent event) {
        upkeep.close();
    }
}
