package tarn.platform.job;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jooq.DSLContext;
import tarn.catalogue.Catalogue;
import tarn.platform.event.OutboxRetention;
import tarn.platform.http.Idempotency;
import tarn.platform.problem.Refusal;
import tarn.platform.process.Upkeep;

/// The recurring jobs of one service, which the worker runs by its timetable: those that every
/// service with a schema has, and its own.
///
/// Where the worker is left out, the service runs them itself every 10 minutes.
public final class ServiceJobs implements AutoCloseable {

    /// Job that deletes events that every consumer has taken.
    public static final String DELETE_EVENTS = "delete-events";

    /// Job that deletes stored responses after 24 hours.
    public static final String DELETE_IDEMPOTENCY_KEYS = "delete-idempotency-keys";

    /// Job that brings the planner's statistics up to date after large changes.
    public static final String ANALYZE_TABLES = "analyze-tables";

    /// Rows per slice.
    public static final int SLICE = 1_000;

    private static final Logger LOG = Logger.getLogger(ServiceJobs.class);
    private static final int MAX_SLICES = 1_000;

    private final String service;
    private final JobFence fence;
    private final Catalogue catalogue;
    private final Map<String, JobWork> work = new LinkedHashMap<>();
    private final Upkeep timer;

    /// @param service which is also the name of its schema
    public ServiceJobs(DSLContext sql, String service, Idempotency idempotency, Clock clock) {
        this.service = service;
        this.fence = new JobFence(sql, service);
        this.catalogue = Catalogue.ALL.without(ConfigProvider.getConfig()
                .getOptionalValue("tarn.without", String.class)
                .orElse(""));
        this.timer = new Upkeep(service + "-jobs", this::runAll);
        OutboxRetention retention = new OutboxRetention(sql, service, clock, catalogue.consumers());
        add(
                DELETE_EVENTS,
                (request, required) -> QuarkusTransaction.requiringNew().call(() -> {
                    required.run();
                    Objects.requireNonNullElse(request.taken(), List.<JobRequest.TakenEvents>of())
                            .forEach(taken -> retention.report(taken.consumer(), taken.epoch(), taken.snapshot()));
                    int deleted = retention.deleteTaken(SLICE);
                    return JobResult.of("events", deleted, deleted > 0);
                }));
        add(DELETE_IDEMPOTENCY_KEYS, JobWork.inTransaction(() -> {
            int deleted = idempotency.deleteExpired(SLICE);
            return JobResult.of("idempotencyKeys", deleted, deleted == SLICE);
        }));
        TableStatistics statistics = new TableStatistics(sql, service);
        add(ANALYZE_TABLES, JobWork.inTransaction(() -> JobResult.of("tables", statistics.refresh(), false)));
    }

    /// Adds a job of this service.
    public ServiceJobs add(String job, JobWork slice) {
        work.put(job, slice);
        return this;
    }

    /// Does a slice of a job for the worker.
    ///
    /// @throws Refusal.NotFound when there is no such job
    /// @throws Refusal.Conflict when a later run of the job has begun
    public JobResult run(String job, JobRequest request) {
        JobWork slice = work.get(job);
        if (slice == null) {
            throw new Refusal.NotFound("job");
        }
        return slice.run(request, () -> fence.require(job, request.run()));
    }

    /// Starts this service's own timer where the worker is left out.
    public void beginWithoutWorker() {
        if (!catalogue.has(Catalogue.WORKER)) {
            timer.begin();
        }
    }

    private void runAll() {
        work.forEach((job, slice) -> {
            try {
                boolean more = true;
                for (int i = 0; i < MAX_SLICES && more; i++) {
                    more = slice.run(new JobRequest(0L, null), () -> {}).more();
                }
            } catch (RuntimeException failure) {
                LOG.errorf(failure, "The job %s of %s failed; it is tried again in ten minutes", job, service);
            }
        });
    }

    @Override
    public void close() {
        timer.close();
    }
}
