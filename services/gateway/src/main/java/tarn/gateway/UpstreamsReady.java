package tarn.gateway;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// The gateway is ready when every service that runs elsewhere says that it is.
@Readiness
@Singleton
final class UpstreamsReady implements AsyncHealthCheck {

    private final Upstreams upstreams;

    UpstreamsReady(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Map<String, Future<Boolean>> answers = new TreeMap<>();
        upstreams.byName().forEach((service, upstream) -> answers.put(service, upstream.ready()));
        return Uni.createFrom()
                .completionStage(
                        () -> Future.join(List.copyOf(answers.values())).toCompletionStage())
                .map(_ -> response(answers));
    }

    private static HealthCheckResponse response(Map<String, Future<Boolean>> answers) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("upstreams")
                .status(answers.values().stream().allMatch(Future::result));
        answers.forEach((service, ready) -> response.withData(service, ready.result()));
        return response.build();
    }
}
