package tarn.worker;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Stream;
import tarn.catalogue.Service;
import tarn.platform.job.JobRequest;
import tarn.platform.job.ServiceJobs;
import tarn.platform.problem.Refusal;
import tarn.platform.service.Call;
import tarn.platform.service.Routes;
import tarn.platform.service.ServiceClient;

/// Has jobs done by the services that own the rows, slice by slice, at most 1,000 in a run, as
/// `service:worker` on the channel for background calls.
@Singleton
final class OwnerJobs {

    /// Slices per run; the rest is done by the next.
    private static final int MAX_SLICES = 1_000;

    private final ServiceClient services;
    private final Routes routes;
    private final CursorStore cursors;

    OwnerJobs(ServiceClient services, Routes routes, CursorStore cursors) {
        this.services = services;
        this.routes = routes;
        this.cursors = cursors;
    }

    /// A job of some services; those that are left out are passed over.
    RecurringJob.Action jobOf(String job, String... owners) {
        return (run, counts) -> ask(Stream.of(owners), job, new JobRequest(run, null), counts);
    }

    /// A job of every service that has a schema.
    RecurringJob.Action jobOfAll(String job) {
        return (run, counts) -> ask(all(), job, new JobRequest(run, null), counts);
    }

    /// Tells each service what this worker's consumers have taken, and lets it delete.
    RecurringJob.Action deleteEvents() {
        return (run, counts) -> ask(all(), ServiceJobs.DELETE_EVENTS, new JobRequest(run, cursors.taken()), counts);
    }

    /// Whether every service that owns rows answers, and identity lets this one in, as none does before
    /// its start.
    boolean allAnswer() {
        try {
            all().forEach(owner -> services.inBackgroundTo(owner).ask("GET", "/health/live", null));
            return true;
        } catch (Refusal.Unavailable away) {
            return false;
        }
    }

    private Stream<String> all() {
        return routes.services().withSchema().stream().map(Service::name);
    }

    /// Asks each service in turn; one that fails does not keep the others from their turn.
    private void ask(Stream<String> owners, String job, JobRequest request, Map<String, Integer> counts) {
        RuntimeException failure = null;
        for (String owner : owners.filter(routes.services()::has).toList()) {
            try {
                slices(owner, job, request, counts);
            } catch (Superseded late) {
                throw late;
            } catch (RuntimeException refused) {
                failure = failure == null ? refused : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void slices(String owner, String job, JobRequest request, Map<String, Integer> counts) {
        boolean more = true;
        for (int i = 0; i < MAX_SLICES && more; i++) {
            Call.Answer answer = services.inBackgroundTo(owner)
                    .repeatable()
                    .ask("POST", "/internal/" + owner + "/jobs/" + job, request);
            if (answer.status() == 409 && answer.body().path("code").asText().equals("superseded")) {
                throw new Superseded();
            }
            if (!answer.isSuccessful()) {
                throw new Refusal.Unavailable("The service " + owner + " answered " + answer.status() + ": "
                        + answer.body().path("detail").asText());
            }
            for (Map.Entry<String, JsonNode> count :
                    answer.body().path("counts").properties()) {
                counts.merge(count.getKey(), count.getValue().asInt(), Integer::sum);
            }
            more = answer.body().path("more").asBoolean();
        }
    }

    /// The run has been replaced by a later one: this worker was frozen.
    static final class Superseded extends RuntimeException {

        Superseded() {
            super("Another worker has taken the job over.", null, false, false);
        }
    }
}
