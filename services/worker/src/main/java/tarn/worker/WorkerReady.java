package tarn.worker;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import tarn.platform.service.Routes;

/// Readiness check: this worker has written its heartbeat within 15 s.
@Readiness
@Singleton
final class WorkerReady implements HealthCheck {

    private static final String NAME = "heartbeat";

    private final Instance<Heartbeats> heartbeats;
    private final boolean leftOut;

    /// @param heartbeats not made where the worker is left out
    WorkerReady(Instance<Heartbeats> heartbeats, Routes routes) {
        this.heartbeats = heartbeats;
        this.leftOut = !routes.services().has(WorkerDatabase.NAME);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named(NAME)
                .status(leftOut || heartbeats.get().isRecent())
                .build();
    }
}
