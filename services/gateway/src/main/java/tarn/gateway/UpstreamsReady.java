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
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;

/// Readiness check: all required services in other processes are ready and the revocations have
/// been read; optional services are only reported.
@Readiness
@Singleton
final class UpstreamsReady implements AsyncHealthCheck {

    private final Upstreams upstreams;
    private final CredentialRevocations revocations;

    UpstreamsReady(Upstreams upstreams, CredentialRevocations revocations) {
        this.upstreams = upstreams;
        this.revocations = revocations;
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

    private static boolean isOptional(String service) {
        return Catalogue.ALL.find(service).filter(Service::optional).isPresent();
    }

    private HealthCheckResponse response(Map<String, Future<Boolean>> answers) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("upstreams")
                .status(revocations.known()
                        && answers.entrySet().stream()
                                .allMatch(answer -> isOptional(answer.getKey())
                                        || answer.getValue().result()))
                .withData("revocations", revocations.known());
        answers.forEach((service, ready) -> response.withData(service, ready.result()));
        return response.build();
    }
}
