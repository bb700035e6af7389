package tarn.platform.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.InjectableInstance;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Readiness check: every active data source gives a valid connection within 2 s. The response does
/// not say why one fails, since everyone may read it.
@Readiness
@Singleton
final class DatabaseReady implements HealthCheck {

    private static final int TIMEOUT_SECONDS = 2;

    private final InjectableInstance<AgroalDataSource> sources;

    /// @param sources those without a URL are not active
    DatabaseReady(@Any InjectableInstance<AgroalDataSource> sources) {
        this.sources = sources;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database")
                .status(sources.listActive().stream().allMatch(DatabaseReady::answers))
                .build();
    }

    private static boolean answers(AgroalDataSource source) {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(TIMEOUT_SECONDS);
        } catch (SQLException | RuntimeException down) {
            return false;
        }
    }
}
