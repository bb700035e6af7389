package tarn.standalone;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Readiness check of the data folder's disk: reports `low`, and fails only when no space is free.
@Readiness
@Singleton
final class DiskReady implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        return response(DiskSpace.state());
    }

    static HealthCheckResponse response(DiskSpace.State state) {
        return HealthCheckResponse.named("disk")
                .status(state != DiskSpace.State.FULL)
                .withData("low", state == DiskSpace.State.LOW || state == DiskSpace.State.FULL)
                .build();
    }
}
